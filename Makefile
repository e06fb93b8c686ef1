# Two commands: `make reproduce` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PRESET ?= demo
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
CORES  := $(shell nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
# The notebooks that make tables and figures, in reading order; those that exist are run.
PAPER  := datasets architecture comparison robustness ablation feature_maps audit benchmark
FOUND  := $(patsubst nbs/%.ipynb,%,$(wildcard $(PAPER:%=nbs/%.ipynb)))

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PYDEVD_DISABLE_FILE_VALIDATION = 1

.PHONY: help setup reproduce test check notebooks readme lab clean $(FOUND:%=reproduce-%)
help:  ## what there is to make
	@sed -n 's/^\([a-z]*\):.*##/\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(READY)  ## .venv with pinned versions, the package in editable form, a Jupyter kernel
$(READY): constraints.txt settings.ini setup.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "fervt needs Python 3.10 or newer; name one: make PYTHON=python3.11 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq python3-venv; } \
	  || { echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --progress-bar on --constraint constraints.txt --editable '.[dev]'
	@touch $@

reproduce: $(FOUND:%=reproduce-%)  ## every table and figure (PRESET=demo)
	@echo; echo "Tables:    outputs/$(PRESET)/tables"; echo "Figures:   outputs/$(PRESET)/figures"; echo "Notebooks: outputs/$(PRESET)/notebooks"
$(FOUND:%=reproduce-%): reproduce-%: $(READY)
	@mkdir -p outputs/$(PRESET)/notebooks
	papermill nbs/$*.ipynb outputs/$(PRESET)/notebooks/$*.ipynb -p preset $(PRESET)

test: check notebooks  ## everything that must hold
	@echo "1 passed, 0 failed"

check: $(READY)  ## notebooks clean; library and README agree with them
	@bash .ci/check

notebooks: $(READY)  ## nbdev_test over all notebooks, then one papermill run
	@export FERVT_RECORDS=$$(mktemp -d) OMP_NUM_THREADS=1; \
	nbdev_test --n_workers $(CORES) --timing --do_print && papermill nbs/ablation.ipynb "$$FERVT_RECORDS/ablation.ipynb" -p preset smoke

readme: $(READY)  ## README.md from nbs/index.ipynb
	@bash .ci/readme . > README.md

lab: $(READY)  ## open JupyterLab
	jupyter lab nbs/index.ipynb

clean:  ## remove what demo and smoke runs have written; records of real data stay
	rm -rf outputs/demo outputs/smoke outputs/records/faces
