#!/usr/bin/env python3
"""The same job on each stack, in one run on one machine: HTTP POST of a reset code -> rendered HTML mail -> SMTP sink.
usage: run.py [SECONDS] [CONNECTIONS] [django|node|postfix|mail|accept ...]
Needs redis-server gunicorn python3-celery python3-redis python3-django postfix wrk (Debian) and `npm ci` in node/.
Load: wrk, one thread, CONNECTIONS, for SECONDS, after a warm-up of the same length (or WARM seconds). Then every accepted message is awaited at the sink.
Prints one JSON line per stack: accept rate, end-to-end rate, idle latency accept->sink (ms), memory of its own processes (MB; without Redis and PostgreSQL).
'mail' measures this project as `dotnet run -c Release --project Mail.Benchmarks -- peers` has started it: MAIL_URL, MAIL_KEY, MAIL_NAME, MAIL_RUN (stands in the environment of its processes)."""
import json, os, pathlib, signal, statistics, subprocess, sys, tempfile, time, urllib.request
HERE = pathlib.Path(__file__).resolve().parent
SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 6
CONNS = int(sys.argv[2]) if len(sys.argv) > 2 else 64
N = 3000                                     # postfix: a fixed number
STACKS = sys.argv[3:] or ["django", "node", "postfix"]
SINK = 2525
MAIL_BODY = '{"from":"no-reply@example.com","to":["%TO%"],"template":{"id":"password-reset","variables":{"name":"Ada","code":"%CODE%"}}}'
procs = []


def start(cmd, cwd=HERE, env=None, out=None):
    p = subprocess.Popen(cmd, cwd=cwd, env={**os.environ, **(env or {})}, stdout=out or subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    procs.append(p)
    return p


def stop(ps):
    for p in ps:
        try:
            os.killpg(p.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
    for p in ps:
        try:
            p.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, signal.SIGKILL)
        if p in procs:
            procs.remove(p)


def rss_of_run(mark):
    """RSS of the processes that have the mark in their environment, in MB."""
    total = 0
    for p in pathlib.Path("/proc").iterdir():
        try:
            if p.name.isdigit() and f"BENCHMARK_RUN={mark}".encode() in (p / "environ").read_bytes():
                total += int(next(l for l in (p / "status").read_text().splitlines() if l.startswith("VmRSS:")).split()[1])
        except (OSError, StopIteration):
            pass  # it has ended
    return round(total / 1024)


def rss_mb(ps):
    """RSS of the given process groups, in MB."""
    if os.environ.get("MAIL_RUN"):
        return rss_of_run(os.environ["MAIL_RUN"])
    pg = {p.pid for p in ps}
    total = 0
    for l in subprocess.run(["ps", "-eo", "pgid,rss"], capture_output=True, text=True).stdout.splitlines()[1:]:
        g, r = l.split()
        total += int(r) if int(g) in pg else 0
    return round(total / 1024)


class Sink:
    def __enter__(self):
        self.f = tempfile.NamedTemporaryFile("w+", delete=False)
        self.p = start(["node", "sink.mjs", str(SINK)], out=self.f)
        self.read = open(self.f.name)
        self.half = ""
        self.seen = {}
        time.sleep(0.5)
        return self

    def __exit__(self, *a):
        stop([self.p])
        os.unlink(self.f.name)

    def rows(self, tag):
        """Arrivals (epoch ms) by recipient; only what is new is read, because it shares the machine with what is measured."""
        *lines, self.half = (self.half + self.read.read()).split("\n")
        for l in lines:
            t, to = l.split()
            self.seen.setdefault(to.rsplit("-", 1)[0], {}).setdefault(to, []).append(int(t))
        return self.seen.get(tag, {})

    def wait(self, tag, n, limit=300):
        end = time.time() + limit
        last, stall = -1, time.time()
        while time.time() < end:
            k = len(self.rows(tag))
            if k >= n:
                return True
            if k != last:
                last, stall = k, time.time()
            if time.time() - stall > 60:
                return False
            time.sleep(0.3)
        return False


def load(url, n, conc, tag, headers=None, body=None, pace=0):
    sent = tempfile.mktemp()
    r = subprocess.run(["node", "load.mjs", url, str(n), str(conc), tag, json.dumps(headers or {})], cwd=HERE, capture_output=True, text=True,
                       env={**os.environ, "SENT": sent, "PACE_MS": str(pace), **({"BODY": body} if body else {})})
    return json.loads(r.stdout), json.load(open(sent))


def flood(url, tag, headers, body, seconds=SECONDS):
    """wrk for SECONDS; returns its figures and the epoch ms of the start."""
    start_ms = time.time() * 1000
    r = subprocess.run(["wrk", "-t1", f"-c{CONNS}", f"-d{seconds}s", "-s", "load.lua", url], cwd=HERE, capture_output=True, text=True,
                       env={**os.environ, "TAG": tag, "AUTH": (headers or {}).get("authorization", ""), **({"BODY": body} if body else {})})
    return json.loads(r.stdout.strip().splitlines()[-1]), start_ms


def measure(name, url, sink, ps, headers=None, body=None):
    warm, _ = flood(url, f"{name}w", headers, body, int(os.environ.get("WARM", SECONDS)))
    sink.wait(f"{name}w", warm["n"] - warm["bad"])
    time.sleep(1)
    res, started = flood(url, f"{name}l", headers, body)
    n = res["n"] - res["bad"]
    if not n:
        sys.exit(f"{name} refused every request: it is not set up as the head of this file says")
    ok = sink.wait(f"{name}l", n)
    rows = sink.rows(f"{name}l")
    last = max(max(v) for v in rows.values()) if rows else 0
    rss = rss_mb(ps)
    _, isent = load(url, 200, 1, f"{name}i", headers, body, pace=40)   # idle: one every 40 ms
    sink.wait(f"{name}i", 200)
    irows = sink.rows(f"{name}i")
    lat = sorted(irows[k][0] - isent[k] for k in irows)
    print(json.dumps({"stack": name, "n": n, "accept_per_s": res["perSecond"], "accept_p50_ms": res["p50"], "accept_p99_ms": res["p99"], "refused": res["bad"],
                      "end_to_end_per_s": round(len(rows) / ((last - started) / 1000)) if last else None, "arrived": len(rows), "all_arrived": ok,
                      "duplicates": sum(len(v) - 1 for v in rows.values()),
                      "idle_accept_to_sink_p50_ms": statistics.median(lat) if lat else None, "idle_p99_ms": lat[int(len(lat) * .99)] if lat else None, "rss_mb": rss}), flush=True)


def accept(sink):
    """Acceptance alone: 'mail' with its worker stopped."""
    res, _ = flood(os.environ["MAIL_URL"], "alone", {"authorization": "Bearer " + os.environ["MAIL_KEY"]}, MAIL_BODY)
    print(json.dumps({"stack": os.environ["MAIL_NAME"], "n": res["n"], "accept_per_s": res["perSecond"], "accept_p50_ms": res["p50"], "accept_p99_ms": res["p99"], "refused": res["bad"]}), flush=True)


def django(sink):
    env = {"SMTP_PORT": str(SINK), "PYTHONPATH": str(HERE / "django")}
    ps = [start(["/usr/bin/python3", "-m", "gunicorn", "-w", "2", "--threads", "8", "-b", "127.0.0.1:8301", "app:application"], HERE / "django", env),
          start(["/usr/bin/python3", "-m", "celery", "-A", "app:celery", "worker", "-c", "4", "-l", "ERROR"], HERE / "django", env)]
    time.sleep(6)
    measure("django", "http://127.0.0.1:8301/send", sink, ps)
    stop(ps)


def node(sink):
    ps = [start(["node", "node/api.mjs"]), start(["node", "node/worker.mjs"], env={"SMTP_PORT": str(SINK)})]
    time.sleep(3)
    measure("node", "http://127.0.0.1:8302/send", sink, ps)
    stop(ps)


def postfix(sink):
    """SMTP in -> durable queue (fsync) -> SMTP out: no HTTP, no templates; the yardstick for a mail queue."""
    d = pathlib.Path(tempfile.mkdtemp(prefix="pf"))
    for s in ("conf", "queue", "data"):
        (d / s).mkdir()
    os.chmod(d, 0o755)
    subprocess.run(["chown", "postfix", d / "data"], check=True)
    (d / "conf/main.cf").write_text(f"compatibility_level=3.6\nqueue_directory={d}/queue\ndata_directory={d}/data\nmail_owner=postfix\nsetgid_group=postdrop\ninet_interfaces=127.0.0.1\ninet_protocols=ipv4\n"
                                    f"myhostname=bench.local\nmydestination=\nrelayhost=[127.0.0.1]:{SINK}\nmynetworks=127.0.0.0/8\nmaillog_file={d}/log\nmaillog_file_prefixes=/tmp\n"
                                    "default_destination_concurrency_limit=20\nsmtpd_client_connection_count_limit=0\nin_flow_delay=0\nsmtp_tls_security_level=none\nsmtpd_relay_restrictions=permit_mynetworks,reject\n")
    m = open("/etc/postfix/master.cf").read().splitlines()
    (d / "conf/master.cf").write_text("\n".join(("2526 inet n - n - - smtpd" if l.startswith("smtp ") and "inet" in l else l.replace("  y  ", "  n  ") if l and l[0] not in " #" else l) for l in m) + "\n")
    subprocess.run(["postfix", "-c", d / "conf", "start"], capture_output=True)
    time.sleep(2)
    t = time.time() * 1000
    body = 9000
    subprocess.run(["smtp-source", "-c", "-s", "16", "-l", str(body), "-m", str(N), "-N", "-f", "a@example.com", "-t", "postfixl@example.net", "127.0.0.1:2526"], capture_output=True)
    acc = time.time() * 1000
    end = time.time() + 240
    while time.time() < end:
        sink.rows("")
        rows = [t for tag in sink.seen.values() for to, times in tag.items() if "postfixl" in to for t in times]
        if len(rows) >= N:
            break
        time.sleep(0.3)
    last = max(rows, default=0)
    print(json.dumps({"stack": "postfix", "n": N, "accept_per_s": round(N / ((acc - t) / 1000)), "end_to_end_per_s": round(N / ((last - t) / 1000)) if last else None, "arrived": len(rows)}), flush=True)
    subprocess.run(["postfix", "-c", d / "conf", "stop"], capture_output=True)


def mail(sink):
    measure(os.environ.get("MAIL_NAME", "mail"), os.environ["MAIL_URL"], sink, [], {"authorization": "Bearer " + os.environ["MAIL_KEY"]}, MAIL_BODY)


try:
    if {"django", "node"} & set(STACKS):
        start(["redis-server", "--port", "6390", "--bind", "127.0.0.1", "--appendonly", "yes", "--appendfsync", "everysec", "--dir", tempfile.mkdtemp(), "--save", ""])
        time.sleep(1)
    for s in STACKS:
        with Sink() as k:
            globals()[s](k)
finally:
    stop(list(procs))
