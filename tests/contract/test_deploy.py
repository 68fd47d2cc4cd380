"""What is shipped for running the service elsewhere fits the service, and what it is run by."""

import tomllib
from typing import Any

import kubernetes_validate
import pytest
import yaml

from steelyard.cli.environment import EnvironmentCommand
from steelyard.cli.serve import serve
from steelyard.web.routes import ROUTES
from steelyard.web.serving.worker import GRACE_SECONDS
from tests.contract.documents import README, ROOT, blocks

MANIFEST = ROOT / "service" / "deploy" / "kubernetes.yaml"
RESOURCES: list[dict[str, Any]] = list(yaml.safe_load_all(MANIFEST.read_text(encoding="utf-8")))
VERSIONS = ("1.30", "1.34", kubernetes_validate.latest_version())


def resource(kind: str) -> Any:
    """The one resource of its kind."""
    (found,) = (each for each in RESOURCES if each["kind"] == kind)
    return found


def pod() -> Any:
    """What the deployment says of a pod."""
    return resource("Deployment")["spec"]["template"]["spec"]


def container() -> Any:
    """What it says of the one container."""
    (found,) = pod()["containers"]
    return found


def known_variables() -> set[str]:
    """The variables that the service takes."""
    assert isinstance(serve, EnvironmentCommand)
    return set(serve.variables())


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("number", range(len(RESOURCES)))
def test_the_manifest_is_valid(number: int, version: str) -> None:
    """Every resource is as the schema of Kubernetes has it, without a key that it does not know."""
    kubernetes_validate.validate(RESOURCES[number], version, strict=True)


def test_a_faulty_manifest_is_seen() -> None:
    """The check is one that can fail."""
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({**resource("Service"), "spek": {}}, VERSIONS[-1], strict=True)


def test_the_parts_belong_together() -> None:
    """Service, scaler and budget mean the pods of the deployment, and its port."""
    labels = resource("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert resource("Deployment")["spec"]["selector"]["matchLabels"] == labels
    assert resource("Service")["spec"]["selector"] == labels
    assert resource("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    assert resource("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]["name"] == "steelyard"
    (port,) = container()["ports"]
    (entry,) = resource("Service")["spec"]["ports"]
    assert entry["targetPort"] == port["name"]


def test_the_manifest_fits_the_service() -> None:
    """Probes ask routes that answer without a key, variables are the service's own, the image is of this version."""
    open_routes = {route.path for route in ROUTES if route.is_open}
    probes = [container()[f"{kind}Probe"]["httpGet"] for kind in ("startup", "readiness", "liveness")]
    assert {probe["path"] for probe in probes} <= open_routes
    assert {each["name"] for each in container()["env"]} <= known_variables()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert container()["image"] == f"steelyard:{version}"


def test_there_is_time_to_end() -> None:
    """The cluster waits longer than the service takes for draining and for requests in flight."""
    (drain,) = (each["value"] for each in container()["env"] if each["name"].endswith("DRAIN_SECONDS"))
    assert pod()["terminationGracePeriodSeconds"] > float(drain) + GRACE_SECONDS + 1


def test_the_compose_file_fits_the_service() -> None:
    """The compose file of the README sets variables that the service takes, and mounts what they name."""
    (text,) = blocks(README, "yaml")
    service = yaml.safe_load(text)["services"]["steelyard"]
    assert set(service["environment"]) <= known_variables()
    (volume,) = service["volumes"]
    assert service["environment"]["STEELYARD_SERVE_RULES"] == volume.split(":")[1]
    assert service["read_only"] is True
