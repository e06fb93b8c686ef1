# Two commands: `make reproduce` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PRESET ?= demo
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
BROWSER ?= $(BIN)/python
CORES  := $(shell nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
# The notebooks that make tables and figures: those with parameters. The ablation comes first, since it trains most, and the others read its records.
FOUND  := $(patsubst nbs/%.ipynb,%,$(shell grep -l '^ *"parameters"$$' nbs/*.ipynb))
FOUND  := $(filter ablation,$(FOUND)) $(filter-out ablation,$(FOUND))
# With -j, two notebooks share the cores: each computes on one thread, and trainings (one process per core) are shared by the locks of their records.
THREADS = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),OMP_NUM_THREADS=1)

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PYDEVD_DISABLE_FILE_VALIDATION = 1

.PHONY: help setup reproduce paper report test test-slow test-browser test-kill test-slurm test-pictures check notebooks readme lab clean $(FOUND:%=reproduce-%)
help:  ## what there is to make
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(READY)  ## .venv with pinned versions, the package in editable form, a Jupyter kernel
$(READY): constraints.txt settings.ini setup.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "fervt needs Python 3.11 or newer; name one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq python3-venv; } \
	  || { echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --progress-bar on --constraint constraints.txt --editable '.[dev]'
	@touch $@

REPORT = $(BIN)/python .ci/reproduce --report $(PRESET)
reproduce: $(FOUND:%=reproduce-%)  ## every table and figure, and the report (PRESET=demo; with -j2 two notebooks at once)
	@$(REPORT)
$(FOUND:%=reproduce-%): reproduce-%: $(READY)
	@$(THREADS) $(BIN)/python .ci/reproduce $* outputs/$(PRESET)/notebooks/$*.ipynb -p preset $(PRESET)

# What is committed under outputs/paper: of FER+ alone, and of notebooks that show none of its faces.
paper: $(READY)  ## the tables and figures of FER+ and CK+ from its records, with the notebooks that made them; trains nothing
	@set -e; for name in ablation comparison robustness findings tuning; do \
	  case $$name in \
	    comparison) more="{datasets: [ferplus], weights: outputs/releases/fer-vt-ferplus/model.safetensors}";; \
	    tuning) more="{}";; \
	    ablation|findings) more="{datasets: [ferplus, ckplus]}";; \
	    *) more="{datasets: [ferplus]}";; esac; \
	  $(BIN)/python .ci/reproduce $$name outputs/paper/notebooks/$$name.ipynb -p preset paper -y "$$more"; done
	@$(BIN)/python .ci/reproduce comparison outputs/paper/notebooks/recipe_paper/comparison.ipynb -p preset paper -p recipe paper -y "{datasets: [ferplus]}"

report: $(READY)  ## one page of all that has been run (PRESET=demo)
	@$(REPORT)

test: $(READY)  ## everything that must hold; ends with a line "N passed, M failed"
	@$(BIN)/python .ci/test --workers $(CORES)

check: $(READY)  ## what can be checked without running a notebook: style, sizes, words, README, one accuracy per record
	@$(BIN)/python .ci/check

notebooks: $(READY)  ## nbdev_test over all notebooks
	@export FERVT_RECORDS=$$(mktemp -d) OMP_NUM_THREADS=1; nbdev_test --n_workers $(CORES) --timing --do_print

test-slow: $(READY)  ## the notebooks that have slow cells, with these cells
	@$(BIN)/python .ci/test --slow --workers $(CORES)

test-browser: $(READY)  ## the report and JupyterLab in a real Chromium, with screenshots (PRESET=demo)
	@$(BROWSER) -c 'import selenium' 2>/dev/null || $(BIN)/pip install --quiet --constraint constraints.txt --editable '.[browser]'
	$(BROWSER) .ci/browser $(PRESET)

test-kill: $(READY)  ## thirty runs killed in every phase, eight processes on one folder, a full disk
	$(BIN)/python .ci/kill

test-slurm: $(READY)  ## four runs on a real Slurm of one node, two of them broken off (root on Debian or Ubuntu)
	@$(BIN)/python -c 'import submitit' 2>/dev/null || $(BIN)/pip install --quiet --constraint constraints.txt --editable '.[cluster]'
	$(BIN)/python .ci/slurm

test-pictures: $(READY)  ## 5,000 generated pictures, damaged ones too, through fervt_predict, interrupted four times
	$(BIN)/python .ci/pictures

readme: $(READY)  ## README.md from nbs/index.ipynb, outputs/README.md and nbs/README.md, with their pictures
	@python -c "from fervt.results import *; write_pictures(); write_pages()"
	@cd nbs && jupyter nbconvert --to notebook --execute --inplace --log-level ERROR index.ipynb && nbdev_clean --fname index.ipynb
	@bash .ci/readme . > README.md

lab: $(READY)  ## open JupyterLab
	jupyter lab nbs/index.ipynb

clean:  ## remove what demo and smoke runs have written; records of real data stay
	rm -rf outputs/demo outputs/smoke outputs/records/faces
