/* minsheng-supervise - keeps the programs of one instance running.
 *
 * Started by the launcher as `minsheng-supervise DIR`; reads DIR/run/programs.conf, runs every program in the
 * foreground and starts again at once what dies. Listening Unix sockets belong to the supervisor and are handed
 * down as descriptor 0, so that connections wait while a worker is started again. SIGTERM stops everything in
 * reverse order, SIGHUP renews the programs one by one (deploy).
 * One child is a guard: this program with --guard. It sleeps until the supervisor dies without having said so
 * (run/stopping), waits for the others to go (they are told by the kernel), and becomes the new supervisor.
 *
 * programs.conf, columns split by one tab (paths may contain spaces), in starting order:
 *   name  count  listen-socket|-  STOPSIGNAL:seconds  keep|hup|renew  /path/to/program  argument …
 *   gate  FILE         rows after it start only when FILE exists
 *   floor_mb  N        below N MiB of free space mariadbd is not started again: it would only abort again
 * run/status.json, one line a process: name, pid (0: not running), start time as the kernel counts it, since, restarts.
 * It knows nothing of letters and does not read the settings. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "log.h"

#define MAX_PROGRAMS 16
#define MAX_PROCS 128
#define MAX_COLUMNS 48
#define LOG_CAP_BYTES (50 << 20)
#define FAST_DEATH_MS 1000 /* who dies sooner than this after its start ... */
#define FAST_DEATHS 5      /* ... this often in a row waits before the next start, */
#define BACKOFF_MS 250     /* twice as long each time, */
#define BACKOFF_MAX_MS 5000
#define RENEW_PAUSE_MS 300   /* between two workers of a rolling restart */
#define SWEEP_LIMIT_MS 20000 /* mariadbd may need this long to close its files */

enum renew { RENEW_KEEP, RENEW_HUP, RENEW_RESTART };

struct program {
	const char *name, *listen;
	int listen_fd, stop_signal, stop_limit_s;
	enum renew renew;
	bool gated;
	char *argv[MAX_COLUMNS + 1];
};

struct proc {
	struct program *program;
	pid_t pid;                /* 0: not running */
	unsigned long long ticks; /* start time: tells a process from a later one with the same number */
	int64_t since_at, started_ms, due_ms, kill_ms;
	unsigned restarts, fast;
	bool renew;
};

static struct {
	char exe[PATH_MAX];
	const char *dir, *gate;
	char text[1 << 16]; /* programs.conf, cut up in place */
	struct program programs[MAX_PROGRAMS];
	struct proc procs[MAX_PROCS];
	struct proc *end; /* of procs */
	int programs_n;
	long long floor_mb;
	bool disk_warned, stop, renew_all;
	int64_t renew_next_ms, rotate_ms;
} sv = { .end = sv.procs, .floor_mb = 200 };

#define EACH_PROC(s) (struct proc *s = sv.procs; s < sv.end; s++)

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static __attribute__((noreturn)) void die(const char *what)
{
	log_event(LOG_ERROR, "supervise_failed", "what=\"%s\" errno=%d", what, errno);
	exit(1);
}

/* ---- programs.conf ---- */

static struct program *add_program(const char *name, long count)
{
	struct program *p = &sv.programs[sv.programs_n];

	if (sv.programs_n >= MAX_PROGRAMS || count < 1 || count > sv.procs + MAX_PROCS - sv.end)
		die("too many or too few processes in run/programs.conf");
	sv.programs_n++;
	*p = (struct program){ .name = name, .listen_fd = -1, .stop_signal = SIGTERM, .stop_limit_s = 10 };
	while (count-- > 0)
		(sv.end++)->program = p;
	return p;
}

static bool parse_program(char **col, int n)
{
	struct program *p;
	char *limit;

	if (n < 6 || !(limit = strchr(col[3], ':')))
		return false;
	p = add_program(col[0], strtol(col[1], NULL, 10));
	p->listen = strcmp(col[2], "-") ? col[2] : NULL;
	p->stop_signal = strncmp(col[3], "QUIT", 4) ? SIGTERM : SIGQUIT;
	p->stop_limit_s = (int)strtol(limit + 1, NULL, 10);
	p->renew = !strcmp(col[4], "renew") ? RENEW_RESTART : !strcmp(col[4], "hup") ? RENEW_HUP : RENEW_KEEP;
	p->gated = sv.gate != NULL;
	memcpy(p->argv, col + 5, (size_t)(n - 5) * sizeof(col[0]));
	return true;
}

static bool parse_row(char *line)
{
	char *col[MAX_COLUMNS];
	int n = 0;

	while (line && n < MAX_COLUMNS)
		col[n++] = strsep(&line, "\t");
	if (n == 2 && !strcmp(col[0], "gate"))
		sv.gate = col[1];
	else if (n == 2 && !strcmp(col[0], "floor_mb"))
		sv.floor_mb = strtoll(col[1], NULL, 10);
	else
		return !line && parse_program(col, n);
	return true;
}

static void read_programs(void)
{
	char *next = sv.text, *line;
	int fd = open("run/programs.conf", O_RDONLY | O_CLOEXEC), row = 0;
	ssize_t n = fd < 0 ? -1 : read(fd, sv.text, sizeof(sv.text) - 1);

	if (n < 0 || (size_t)n == sizeof(sv.text) - 1)
		die("cannot read run/programs.conf");
	close(fd);
	while ((line = strsep(&next, "\n"))) {
		row++;
		if (*line && *line != '#' && !parse_row(line)) {
			log_event(LOG_ERROR, "bad_row", "file=run/programs.conf line=%d", row);
			exit(1);
		}
	}
}

/* The guard is a program like any other, only that it outlives us. */
static void add_guard(void)
{
	static char pid[16];
	struct program *p = add_program("guard", 1);

	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	p->stop_signal = SIGKILL;
	p->argv[0] = sv.exe;
	p->argv[1] = "--guard";
	p->argv[2] = pid;
	p->argv[3] = (char *)sv.dir;
}

static void listen_on(struct program *p)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	if (strlen(p->listen) >= sizeof(at.sun_path))
		die("socket path too long");
	memcpy(at.sun_path, p->listen, strlen(p->listen) + 1);
	unlink(p->listen);
	p->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (p->listen_fd < 0 || bind(p->listen_fd, (struct sockaddr *)&at, sizeof(at)) || chmod(p->listen, 0660) ||
	    listen(p->listen_fd, 128))
		die("cannot listen");
}

/* ---- what runs, told to others ---- */

static unsigned long long start_ticks(pid_t pid)
{
	char path[64], s[1024], *p;
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, s, sizeof(s) - 1);
		close(fd);
	}
	s[n > 0 ? n : 0] = 0;
	p = strrchr(s, ')'); /* the name before it may contain anything */
	for (int field = 2; p && field < 22; field++)
		p = strchr(p + 1, ' ');
	return p ? strtoull(p, NULL, 10) : 0;
}

/* On a full disk the old file stays: its pids are told from later ones by their start time. */
static void write_status(void)
{
	FILE *f = fopen("run/status.json.new", "we");
	bool ok = f != NULL;

	if (f) {
		fprintf(f, "{\"supervisor\":%d,\"processes\":[\n", (int)getpid());
		for EACH_PROC(s)
			fprintf(f,
				"{\"name\":\"%s\",\"pid\":%d,\"ticks\":%llu,\"since\":%" PRId64 ",\"restarts\":%u}%s",
				s->program->name, (int)s->pid, s->ticks, s->since_at, s->restarts,
				s + 1 < sv.end ? ",\n" : "\n");
		fputs("]}\n", f);
		ok = !ferror(f);
		ok = !fclose(f) && ok;
	}
	if (!ok || rename("run/status.json.new", "run/status.json"))
		log_event(LOG_WARN, "status_not_written", "errno=%d", errno);
}

/* ---- starting ---- */

/* Standard output and error into log/NAME.log. */
static void log_to(const char *name)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "log/%s.log", name);
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	if (fd >= 0) {
		dup2(fd, 1);
		dup2(fd, 2);
		close(fd);
	}
}

static __attribute__((noreturn)) void run_child(const struct program *p, pid_t parent)
{
	const struct rlimit no_core = { 0, 0 };
	sigset_t none;

	setsid();
	if (strcmp(p->name, "guard")) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		if (getppid() != parent) /* it died before we asked to be told */
			_exit(0);
	}
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setrlimit(RLIMIT_CORE, &no_core);
	dup2(p->listen_fd >= 0 ? p->listen_fd : open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
	log_to(p->name);
	execv(p->argv[0], p->argv);
	log_event(LOG_ERROR, "exec_failed", "program=%s path=\"%s\" errno=%d", p->name, p->argv[0], errno);
	_exit(127);
}

static void start(struct proc *s)
{
	pid_t parent = getpid(), pid = fork();

	if (pid == 0)
		run_child(s->program, parent);
	if (pid < 0) {
		log_event(LOG_ERROR, "fork_failed", "program=%s errno=%d", s->program->name, errno);
		s->due_ms = now_ms() + 1000;
		return;
	}
	s->pid = pid;
	s->ticks = start_ticks(pid);
	s->since_at = time(NULL);
	s->started_ms = now_ms();
	s->kill_ms = 0;
}

/* On a full disk mariadbd aborts, and starting it again only makes things worse. */
static bool disk_allows(const struct program *p)
{
	struct statvfs v;
	long long free_mb;

	if (strcmp(p->name, "mariadbd") || statvfs("data", &v))
		return true;
	free_mb = (long long)((unsigned long long)v.f_bavail * v.f_frsize >> 20);
	if (free_mb < sv.floor_mb && !sv.disk_warned)
		log_event(LOG_ERROR, "disk_full",
			  "free_mb=%lld need_mb=%lld dir=\"%s\" do=\"free some space: mariadbd "
			  "then starts by itself within 5 s; nothing acknowledged is lost\"",
			  free_mb, sv.floor_mb, sv.dir);
	sv.disk_warned = free_mb < sv.floor_mb;
	return !sv.disk_warned;
}

static bool start_due(void)
{
	bool open = !sv.gate || !access(sv.gate, F_OK), changed = false;
	int64_t now = now_ms();

	for EACH_PROC(s) {
		if (s->pid || s->due_ms > now || (s->program->gated && !open))
			continue;
		if (disk_allows(s->program)) {
			start(s);
			changed = true;
		} else {
			s->due_ms = now + 5000;
		}
	}
	return changed;
}

/* ---- deaths ---- */

static struct proc *proc_of(pid_t pid)
{
	for EACH_PROC(s)
		if (s->pid == pid)
			return s;
	return NULL;
}

static int64_t backoff_ms(struct proc *s, int64_t lived_ms)
{
	int64_t wait_ms;

	s->fast = lived_ms < FAST_DEATH_MS ? s->fast + 1 : 0;
	if (s->fast < FAST_DEATHS)
		return 0;
	wait_ms = (int64_t)BACKOFF_MS << (s->fast < FAST_DEATHS + 5 ? s->fast - FAST_DEATHS : 5);
	return wait_ms < BACKOFF_MAX_MS ? wait_ms : BACKOFF_MAX_MS;
}

static void on_death(struct proc *s, int status)
{
	int64_t now = now_ms(), lived_ms = now - s->started_ms, wait_ms = 0;

	if (s->renew) {
		sv.renew_next_ms = now + RENEW_PAUSE_MS;
	} else if (!sv.stop) {
		wait_ms = backoff_ms(s, lived_ms);
		log_event(LOG_WARN, "died", "program=%s pid=%d %s=%d lived_ms=%" PRId64 " again_in_ms=%" PRId64,
			  s->program->name, (int)s->pid, WIFSIGNALED(status) ? "signal" : "exit",
			  WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), lived_ms, wait_ms);
	}
	s->renew = false;
	s->pid = 0;
	s->restarts++;
	s->due_ms = now + wait_ms;
}

/* A dead leader's group is killed before it is reaped, while its number cannot belong to somebody else: workers
 * of a killed nginx would keep the port. What is not ours is an orphan that came to us. */
static bool reap(void)
{
	siginfo_t info = { 0 };
	bool any = false;
	int status = 0;

	while (!waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) && info.si_pid) {
		struct proc *s = proc_of(info.si_pid);

		if (s)
			kill(-s->pid, SIGKILL);
		waitpid(info.si_pid, &status, 0);
		if (s)
			on_death(s, status);
		any = true;
		info.si_pid = 0;
	}
	return any;
}

/* ---- renewing and stopping ---- */

static void renew_all(void)
{
	log_event(LOG_INFO, "renew", "dir=\"%s\"", sv.dir);
	sv.renew_all = false;
	for EACH_PROC(s) {
		s->renew = s->pid && s->program->renew == RENEW_RESTART;
		if (s->pid && s->program->renew == RENEW_HUP)
			kill(s->pid, SIGHUP);
	}
}

/* One at a time: the next is asked to leave when the last has been replaced. */
static bool renew_step(void)
{
	int64_t now = now_ms();

	for EACH_PROC(s) {
		if (!s->renew)
			continue;
		if (!s->kill_ms && now >= sv.renew_next_ms) {
			kill(s->pid, s->program->stop_signal);
			s->kill_ms = now + s->program->stop_limit_s * 1000;
		} else if (s->kill_ms && now > s->kill_ms) {
			kill(-s->pid, SIGKILL);
		}
		return true;
	}
	return false;
}

/* Signals every process of p (its group when group is set); returns how many there are. */
static int signal_program(const struct program *p, int signal, bool group)
{
	int n = 0;

	for EACH_PROC(s)
		if (s->program == p && s->pid) {
			kill(group ? -s->pid : s->pid, signal);
			n++;
		}
	return n;
}

static void stop_program(struct program *p)
{
	int64_t limit = now_ms() + p->stop_limit_s * 1000;

	signal_program(p, p->stop_signal, false);
	while (signal_program(p, 0, false)) {
		poll(NULL, 0, 10);
		reap();
		if (now_ms() < limit)
			continue;
		log_event(LOG_WARN, "stop_too_slow", "program=%s limit_s=%d", p->name, p->stop_limit_s);
		signal_program(p, SIGKILL, true);
		limit = now_ms() + 1000;
	}
	if (p->listen)
		unlink(p->listen);
}

static void stop_all(void)
{
	close(open("run/stopping", O_WRONLY | O_CREAT | O_CLOEXEC, 0640));
	for (int i = sv.programs_n - 1; i >= 0; i--) {
		stop_program(&sv.programs[i]);
		write_status();
	}
	unlink("run/status.json");
	log_event(LOG_INFO, "stopped", "dir=\"%s\"", sv.dir);
}

/* ---- logs ---- */

/* Copy, then cut to nothing: everybody writes with O_APPEND and goes on at the new end. */
static void rotate(const char *path)
{
	char old[NAME_MAX + 16];
	struct stat st;
	int in, out;

	if (stat(path, &st) || st.st_size < LOG_CAP_BYTES)
		return;
	snprintf(old, sizeof(old), "%s.1", path);
	in = open(path, O_RDONLY | O_CLOEXEC);
	out = open(old, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	while (copy_file_range(in, NULL, out, NULL, LOG_CAP_BYTES, 0) > 0)
		;
	if (truncate(path, 0))
		log_event(LOG_WARN, "log_not_cut", "errno=%d", errno);
	close(in);
	close(out);
}

static void rotate_logs(void)
{
	DIR *d = opendir("log");
	struct dirent *e;
	char path[NAME_MAX + 8];

	while (d && (e = readdir(d))) {
		size_t n = strlen(e->d_name);

		snprintf(path, sizeof(path), "log/%s", e->d_name);
		if (n > 4 && !strcmp(e->d_name + n - 4, ".log"))
			rotate(path);
	}
	if (d)
		closedir(d);
	sv.rotate_ms = now_ms() + 10000;
}

/* ---- the guard ---- */

static void sweep_one(pid_t pid, unsigned long long ticks, int64_t limit)
{
	struct pollfd it = { .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN };
	int64_t left = limit - now_ms();

	if (it.fd < 0 || pid == getpid() || start_ticks(pid) != ticks)
		return;
	syscall(SYS_pidfd_send_signal, it.fd, SIGTERM, NULL, 0);
	if (poll(&it, 1, left > 0 ? (int)left : 0) == 0) {
		log_event(LOG_WARN, "swept", "pid=%d", (int)pid);
		syscall(SYS_pidfd_send_signal, it.fd, SIGKILL, NULL, 0);
		poll(&it, 1, 5000);
	}
	kill(-pid, SIGKILL); /* workers that outlived their master */
	close(it.fd);
}

/* Who is left of a dead supervisor has been told by the kernel to stop; waits for them, kills who stays. */
static void sweep(void)
{
	FILE *f = fopen("run/status.json", "re");
	int64_t limit = now_ms() + SWEEP_LIMIT_MS;
	char line[512], *pid, *ticks;

	while (f && fgets(line, sizeof(line), f)) {
		pid = strstr(line, "\"pid\":");
		ticks = strstr(line, "\"ticks\":");
		if (pid && ticks && strtol(pid + 6, NULL, 10) > 1)
			sweep_one((pid_t)strtol(pid + 6, NULL, 10), strtoull(ticks + 8, NULL, 10), limit);
	}
	if (f)
		fclose(f);
}

static int guard(pid_t supervisor)
{
	struct pollfd it = { .fd = (int)syscall(SYS_pidfd_open, supervisor, 0), .events = POLLIN };

	if (it.fd >= 0 && getppid() == supervisor)
		while (poll(&it, 1, -1) < 0 && errno == EINTR)
			;
	if (!access("run/stopping", F_OK))
		return 0;
	log_event(LOG_ERROR, "supervisor_died", "pid=%d do=\"taking over\"", (int)supervisor);
	sweep();
	execl(sv.exe, sv.exe, sv.dir, (char *)NULL);
	die("cannot start a new supervisor");
}

/* ---- main ---- */

/* Held as long as the process lives; no child inherits it. */
static void take_lock(void)
{
	int fd = open("run/supervise.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0640);

	for (int i = 0; i < 50; i++, poll(NULL, 0, 100))
		if (fd >= 0 && !flock(fd, LOCK_EX | LOCK_NB))
			return;
	die("another supervisor holds run/supervise.lock");
}

static void wait_signal(const sigset_t *set, bool busy)
{
	const struct timespec tick = { busy ? 0 : 1, busy ? 20000000 : 0 };
	int signal = sigtimedwait(set, NULL, &tick);

	sv.stop = signal == SIGTERM || signal == SIGINT;
	sv.renew_all = signal == SIGHUP;
}

static void supervise(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	while (!sv.stop) {
		bool died = reap(), started = start_due();

		if (died || started)
			write_status();
		if (sv.renew_all)
			renew_all();
		if (now_ms() > sv.rotate_ms)
			rotate_logs();
		wait_signal(&set, renew_step() || (sv.gate && access(sv.gate, F_OK)));
	}
	stop_all();
}

int main(int argc, char **argv)
{
	const char *mode = argc > 2 ? argv[1] : "";

	log_init("supervise", LOG_INFO);
	if (argc < 2 || !realpath(argv[0], sv.exe) || chdir(argv[argc - 1])) {
		fputs("usage: /path/to/minsheng-supervise DIR | --sweep DIR\n", stderr);
		return 2;
	}
	sv.dir = argv[argc - 1];
	umask(0027);
	if (argc == 4 && !strcmp(mode, "--guard"))
		return guard((pid_t)strtol(argv[2], NULL, 10));
	take_lock();
	if (argc == 3 && !strcmp(mode, "--sweep")) {
		sweep();
		return 0;
	}
	log_to("supervise");
	unlink("run/stopping");
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	read_programs();
	add_guard();
	for (int i = 0; i < sv.programs_n; i++)
		if (sv.programs[i].listen)
			listen_on(&sv.programs[i]);
	log_event(LOG_INFO, "started", "dir=\"%s\" processes=%d", sv.dir, (int)(sv.end - sv.procs));
	supervise();
	return 0;
}
