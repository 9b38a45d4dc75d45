#!/usr/bin/env python3
"""Measure what calls into extension modules with the same API cost, side by side.

    measure.py calls_c=PATH calls_pyrus=PATH [--peer NAME=PATH]... [--quick] [--json] [--callgrind] [--only TEXT]

The first module is the yardstick: every ratio is "this module / the first". A path is the extension's file; its name
up to the first dot is the name of its init function. All modules run in the same worker processes, in interleaved
rounds, so that a slow moment of the machine hits all of them; a ratio is taken between neighbours in time and only
then condensed by medians. `--callgrind` counts instructions instead of time. See ../README.md.

Standard library only; runs on every supported CPython.
"""

import argparse
import concurrent.futures
import gc
import importlib.machinery
import importlib.util
import json
import math
import os
import re
import statistics
import subprocess
import sys
import time

# ---- Cases ---------------------------------------------------------------------------------------------------------


class Case:
    """One row: `stmt` is timed; `setup` runs once with the module as `m`; one `stmt` does `items` things."""

    def __init__(self, name, group, stmt, setup="", items=1, core=True):
        self.name = name
        self.group = group
        self.stmt = stmt
        self.setup = setup
        self.items = items
        self.core = core  # counted in the geometric mean


HANDLE = "h = m.Handle.create(7); o = m.Handle.create(7)"
RECORD = (
    "Record = m.Record\n"
    "r = Record(x=1.5, y=2.5, w=3.5, h=4.5, name='resistor', layer='F.Cu', count=70000, locked=True)"
)
CALLBACK = "f = m.%s\ndef callback(item):\n    pass"
# Ends as `raise`/`except` do in real code: the exception is caught by its class and dropped.
FAIL = "try:\n    fail('no such node')\nexcept ValueError:\n    pass"

CASES = [
    Case("h.get_id()", "call", "h.get_id()", HANDLE),
    Case("h.same_pos(o)", "call", "h.same_pos(o)", HANDLE),
    Case("h.is_same(other=o)", "call", "h.is_same(other=o)", HANDLE),
    Case("h.add3(a=1, b=2, c=3)", "call", "h.add3(a=1, b=2, c=3)", HANDLE),
    Case("add(1, 2)", "call", "add(1, 2)", "add = m.add"),
    Case("add(10**12, 70000)", "call", "add(a, b)", "add = m.add; a = 10**12; b = 70000"),
    Case("h.name_len(name=str)", "string", "h.name_len(name='resistor')", HANDLE),
    Case("h.label() -> str", "string", "h.label()", HANDLE),
    Case("echo(text=ASCII)", "string", "echo(text='resistor R12')", "echo = m.echo"),
    Case("echo(text=non-ASCII)", "string", "echo(text='Widerst\u00e4nde 4\u03a9')", "echo = m.echo"),
    Case("Handle.create(7)", "create", "Handle.create(7)", "Handle = m.Handle"),
    Case("create(7), pre-bound", "create", "create(7)", "create = m.Handle.create"),
    Case("make_list(1000), per item", "create", "make_list(1000)", "make_list = m.make_list", items=1000),
    Case("h.tag", "property", "h.tag", HANDLE + "; h.tag = 70000"),
    Case("h.tag = int", "property", "h.tag = 70000", HANDLE),
    Case(
        "Record(8 keywords)",
        "record",
        "Record(x=1.5, y=2.5, w=3.5, h=4.5, name='resistor', layer='F.Cu', count=70000, locked=True)",
        RECORD,
    ),
    Case("r.x -> float", "record", "r.x", RECORD),
    Case("r.h -> float", "record", "r.h", RECORD),
    Case("r.name -> str", "record", "r.name", RECORD),
    Case("r.count -> int", "record", "r.count", RECORD),
    Case("r.locked -> bool", "record", "r.locked", RECORD),
    Case("r.x = float", "record", "r.x = 2.5", RECORD),
    Case("r.name = str", "record", "r.name = 'capacitor'", RECORD),
    Case("r.count = int", "record", "r.count = 70000", RECORD),
    Case("r.locked = bool", "record", "r.locked = False", RECORD),
    Case("visit(100, f), per item", "callback", "f(100, callback)", CALLBACK % "visit", items=100),
    Case("each(100, f), per item", "callback", "f(100, callback)", CALLBACK % "each", items=100),
    Case("sum_floats(100), per item", "list", "f(v)", "f = m.sum_floats; v = [i / 7 for i in range(100)]", items=100),
    Case("raise and catch", "error", FAIL, "fail = m.fail"),
]

# ---- Loops ---------------------------------------------------------------------------------------------------------

UNROLL = 10


def has_fine_thread_clock():
    try:
        return time.get_clock_info("thread_time").resolution <= 1e-6
    except ValueError:
        return False


clock_ns = time.thread_time_ns if has_fine_thread_clock() else time.perf_counter_ns


def compile_loop(case, module):
    """A function of its own for each case and module, so that the interpreter specialises each for itself.

    `loop(iterations)` returns nanoseconds for `iterations * UNROLL` statements, loop included.
    """
    setup = "".join("    %s\n" % line for line in case.setup.splitlines()) if case else ""
    stmt = "".join("            %s\n" % line for line in case.stmt.splitlines()) * UNROLL if case else " " * 12 + "pass\n"
    source = (
        "def make(m, clock_ns, repeat):\n%s"
        "    def loop(iterations, %s):\n"
        "        it = repeat(None, iterations)\n"
        "        start = clock_ns()\n"
        "        for _ in it:\n%s"
        "        return clock_ns() - start\n"
        "    return loop\n"
    )
    # The names that the setup made are bound as defaults: fast locals, as in a function of real code.
    names = sorted(set(re.findall(r"(?:^|\b|; )(\w+) = ", setup)) | set(re.findall(r"def (\w+)\(", setup)))
    names = [name for name in names if re.search(r"^\s*%s = |; %s = |def %s\(" % (name, name, name), setup, re.M)]
    namespace = {}
    exec(compile(source % (setup, ", ".join("%s=%s" % (n, n) for n in names), stmt), "<loop>", "exec"), namespace)
    import itertools

    return namespace["make"](module, clock_ns, itertools.repeat)


def load(path):
    """The extension module in the file `path`, whatever its directory."""
    name = os.path.basename(path).split(".")[0]
    loader = importlib.machinery.ExtensionFileLoader(name, path)
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)
    loader.exec_module(module)
    return module


def select(only):
    return [case for case in CASES if only is None or any(text in case.name or text == case.group for text in only)]


# ---- Worker --------------------------------------------------------------------------------------------------------


def work(job):
    """One process: every case, every module, interleaved. Samples are ns per item, one list per module."""
    # The order of loading decides addresses and so cache conflicts: each worker takes another one.
    order = list(range(len(job["paths"])))
    turn = job["worker"] % len(order)
    order = order[turn:] + order[:turn]
    modules = {index: load(job["paths"][index]) for index in order}
    if not job["gc"]:
        gc.disable()
    empty = compile_loop(None, None)
    results = {}
    for case in select(job["only"]):
        loops = {index: compile_loop(case, modules[index]) for index in order}
        for loop in loops.values():
            loop(500)  # past the interpreter's specialisation
        iterations = calibrate(loops[order[0]], job["sample_ns"])
        samples = {index: [] for index in order}
        for turn in range(job["rounds"]):
            overhead = min(empty(iterations), empty(iterations))
            shift = turn % len(order)
            for index in order[shift:] + order[:shift]:
                spent = loops[index](iterations) - overhead
                samples[index].append(max(spent, 1) / (iterations * UNROLL * case.items))
        results[case.name] = [samples[index] for index in range(len(order))]
    return results


def calibrate(loop, sample_ns):
    iterations = 10
    while True:
        spent = min(loop(iterations), loop(iterations))
        if spent * 4 > sample_ns:
            return max(1, int(iterations * sample_ns / spent))
        iterations *= 4


def spawn(argv, job, **more):
    process = subprocess.run(
        argv + [os.path.abspath(__file__), "--worker"],
        input=json.dumps(job),
        stdout=subprocess.PIPE,
        universal_newlines=True,
        check=False,
        **more
    )
    if process.returncode != 0:
        raise SystemExit("a worker ended with status %d\n%s" % (process.returncode, process.stderr or ""))
    return process


# ---- Time ----------------------------------------------------------------------------------------------------------


def measure_time(modules, options):
    workers = options.processes
    rows = {}
    runs = []
    for worker in range(workers):
        progress("process %d of %d" % (worker + 1, workers))
        job = {
            "kind": "time",
            "worker": worker,
            "paths": [path for _, path in modules],
            "only": options.only,
            "gc": options.gc,
            "rounds": 9 if options.quick else 31,
            "sample_ns": 300_000 if options.quick else 1_000_000,
        }
        environment = dict(os.environ, PYTHONHASHSEED=str(worker))
        runs.append(json.loads(spawn([sys.executable], job, env=environment).stdout))
    progress("")
    for case in select(options.only):
        per_run = [run[case.name] for run in runs]
        rows[case.name] = {
            "cost": [statistics.median(statistics.median(run[i]) for run in per_run) for i in range(len(modules))],
            "ratio": [statistics.median(paired(run, i) for run in per_run) for i in range(len(modules))],
            "spread": [spread([paired(run, i) for run in per_run]) for i in range(len(modules))],
        }
    return rows


def paired(run, index):
    """Median of the ratios between samples of the same round."""
    return statistics.median(mine / base for mine, base in zip(run[index], run[0]))


def spread(ratios):
    """Half the distance between the lowest and the highest process's ratio, of the middle: how far to trust it."""
    return (max(ratios) - min(ratios)) / 2 / statistics.median(ratios)


# ---- Instructions --------------------------------------------------------------------------------------------------


def count_instructions(modules, options):
    """Instructions per item: the difference of two loop counts, less that of the empty loop."""
    cases = select(options.only)
    counts = {}

    def count(key):
        index, name, iterations = key
        job = {
            "kind": "callgrind",
            "path": modules[index][1] if index is not None else None,
            "case": name,
            "iterations": iterations,
        }
        valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, "-I", "-S"]
        environment = dict(os.environ, PYTHONHASHSEED="0")
        report = spawn(valgrind, job, stderr=subprocess.PIPE, env=environment).stderr
        return key, int(re.search(r"Collected : (\d+)", report).group(1))

    keys = [(None, None, n) for n in loop_counts(1)]
    for case in cases:
        keys += [(index, case.name, n) for index in range(len(modules)) for n in loop_counts(case.items)]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for done, (key, value) in enumerate(pool.map(count, keys)):
            counts[key] = value
            progress("run %d of %d" % (done + 1, len(keys)))
    progress("")

    def per_iteration(index, name, items):
        few, many = loop_counts(items)
        return (counts[index, name, many] - counts[index, name, few]) / (many - few)

    empty = per_iteration(None, None, 1)
    rows = {}
    for case in cases:
        costs = [
            (per_iteration(index, case.name, case.items) - empty) / UNROLL / case.items for index in range(len(modules))
        ]
        rows[case.name] = {"cost": costs, "ratio": [cost / costs[0] for cost in costs], "spread": [0.0] * len(costs)}
    return rows


def loop_counts(items):
    return 20, 20 + (10_000 if items == 1 else 50_000 // items)


def work_callgrind(job):
    case = next((case for case in CASES if case.name == job["case"]), None)
    gc.disable()
    loop = compile_loop(case, load(job["path"]) if job["path"] else None)
    loop(job["iterations"])


# ---- Report --------------------------------------------------------------------------------------------------------


def progress(text):
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K" + text)
        sys.stderr.flush()


def geometric_mean(values):
    return math.exp(sum(math.log(value) for value in values) / len(values))


def summarise(modules, rows, unit):
    means = [geometric_mean([row["ratio"][i] for row in rows.values()]) for i in range(len(modules))]
    return {
        "python": sys.version.split()[0],
        "unit": unit,
        "modules": [name for name, _ in modules],
        "cases": rows,
        "geometric_mean": means,
    }


def table(summary):
    names = summary["modules"]
    unit = summary["unit"]
    timed = unit == "ns"
    head = ["CPython %s, %s" % (summary["python"], unit), names[0]]
    for name in names[1:]:
        head += [name, "ratio"] + (["+-"] if timed else [])
    lines = [head]
    for name, row in summary["cases"].items():
        line = [name, "%.1f" % row["cost"][0]]
        for i in range(1, len(names)):
            line += ["%.1f" % row["cost"][i], "%.2f" % row["ratio"][i]]
            line += ["%.0f%%" % (100 * row["spread"][i])] if timed else []
        lines.append(line)
    last = ["geometric mean of %d" % len(summary["cases"]), ""]
    for mean in summary["geometric_mean"][1:]:
        last += ["", "%.3f" % mean] + ([""] if timed else [])
    lines.append(last)
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    out = []
    for line in lines:
        out.append("  ".join([line[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(line[1:], widths[1:])]).rstrip())
    rule = "-" * max(len(line) for line in out)
    return "\n".join([out[0], rule] + out[1:-1] + [rule, out[-1]])


def named_path(text):
    name, equals, path = text.partition("=")
    if not equals or not os.path.isfile(path):
        raise argparse.ArgumentTypeError("expected NAME=PATH of an extension module, got %r" % text)
    return name, os.path.abspath(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="+", type=named_path, metavar="NAME=PATH", help="the yardstick comes first")
    parser.add_argument("--peer", action="append", default=[], type=named_path, metavar="NAME=PATH")
    parser.add_argument("--only", action="append", metavar="TEXT", help="cases whose name holds TEXT, or a group's name")
    parser.add_argument("--processes", type=int, metavar="N", help="default 5, with --quick 3")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--gc", action="store_true", help="leave the garbage collector on")
    parser.add_argument("--callgrind", action="store_true", help="count instructions with valgrind, instead of time")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="valgrinds at a time")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.processes = options.processes or (3 if options.quick else 5)
    modules = options.modules + options.peer
    if not select(options.only):
        parser.error("no case matches --only")
    if options.callgrind:
        rows, unit = count_instructions(modules, options), "instructions"
    else:
        rows, unit = measure_time(modules, options), "ns"
    summary = summarise(modules, rows, unit)
    print(json.dumps(summary, indent=2) if options.json else table(summary))


if __name__ == "__main__":
    if sys.argv[1:] == ["--worker"]:
        job = json.load(sys.stdin)
        if job["kind"] == "time":
            json.dump(work(job), sys.stdout)
        else:
            work_callgrind(job)
    else:
        main()
