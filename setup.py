"""Packaging from `settings.ini`: the one place where name, version and requirements are written."""
from configparser import ConfigParser
from pathlib import Path
from setuptools import find_packages, setup

config = ConfigParser(delimiters=["="])
config.read("settings.ini", encoding="utf-8")
cfg = config["DEFAULT"]
extras = {name: cfg[f"{name}_requirements"].split() for name in ("notebook", "dev", "browser", "cluster", "fabric", "export", "detect", "formats")}
extras["dev"] = [r for name in ("notebook", "dev", "cluster", "fabric", "export", "detect") for r in extras[name]] # all that the tests use

setup(
    name=cfg["lib_name"],
    version=cfg["version"],
    description=cfg["description"],
    long_description=Path("README.md").read_text(encoding="utf-8") if Path("README.md").exists() else cfg["description"],
    long_description_content_type="text/markdown",
    author=cfg["author"],
    author_email=cfg["author_email"],
    license="Apache-2.0",
    url=cfg["git_url"],
    keywords=cfg["keywords"],
    packages=find_packages(include=["fervt", "fervt.*"]),
    package_data={"fervt": ["templates/*"]},
    python_requires=f">={cfg['min_python']}",
    install_requires=cfg["requirements"].split(),
    extras_require=extras,
    entry_points={"console_scripts": cfg.get("console_scripts", "").split()},
    zip_safe=False,
)
