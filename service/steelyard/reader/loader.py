"""The parser of YAML texts: libyaml's, which is many times as fast, where PyYAML was built with it."""

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
