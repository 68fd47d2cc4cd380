# Steelyard as a service: `docker build -t steelyard .`, then `docker run --rm --read-only -p 8000:8000 steelyard`.

FROM python:3.11-slim-bookworm AS builder

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1

# The environment that the image carries has no pip of its own: the builder's installs into it.
RUN python -m venv /opt/builder && python -m venv --without-pip /opt/steelyard

# What changes seldom comes first: a change of code installs no dependency again. The section for building adds to the
# one before it, so that what builds is installed with both.
COPY service/constraints.txt /tmp/constraints.txt
RUN sed '/^# == build/,$d' /tmp/constraints.txt > /tmp/runtime.txt \
    && sed '/^# == development/,$d' /tmp/constraints.txt > /tmp/build.txt \
    && /opt/builder/bin/pip --python /opt/steelyard/bin/python \
        install --require-hashes --only-binary :all: --requirement /tmp/runtime.txt \
    && /opt/builder/bin/pip install --require-hashes --only-binary :all: --requirement /tmp/build.txt

WORKDIR /source
COPY pyproject.toml LICENSE README.md ./
COPY rules rules
COPY service/steelyard service/steelyard
RUN /opt/builder/bin/pip wheel --no-deps --no-build-isolation --no-index --wheel-dir /tmp/wheel . \
    && /opt/builder/bin/pip --python /opt/steelyard/bin/python install --no-deps --no-index /tmp/wheel/*.whl


FROM python:3.11-slim-bookworm

LABEL org.opencontainers.image.title="Steelyard" \
      org.opencontainers.image.description="Weighs what a project needs and explains what it recommends" \
      org.opencontainers.image.licenses="MIT"

ENV PATH=/opt/steelyard/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

COPY --from=builder /opt/steelyard /opt/steelyard

# A number, so that a cluster can see that it is not root without looking into the image.
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
STOPSIGNAL SIGTERM

# A proxy set for the service is none for asking itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "-c", "from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('http://127.0.0.1:8000/healthz', timeout=3)"]

ENTRYPOINT ["steelyard"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
