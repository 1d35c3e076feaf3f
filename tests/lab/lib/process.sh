# Processes in the background, and what every other part needs. Sourced by ../lab.
#
# A process is known by its pid, its start time and the boot it belongs to. One whose three
# do not agree is somebody else's and is never signalled.

say() { printf 'lab: %s\n' "$*" >&2; }
die() {
	say "$*"
	exit 1
}

# die_with_log NAME TEXT...: with the end of that process's log.
die_with_log() {
	local name=$1
	shift
	say "$*; the end of $STATE/log/$name.log:"
	tail -n 12 "$STATE/log/$name.log" | cut -c1-400 | sed 's/^/    /' >&2
	exit 1
}

need() {
	local tool
	for tool; do
		command -v "$tool" >/dev/null || die "$tool is not installed; the packages are listed in $HERE/packages"
	done
}

# locked NAME: one lab script at a time; the lock ends with this script.
locked() {
	mkdir -p "$CACHE"
	exec 9>"$CACHE/$1.lock"
	flock -n 9 || {
		say "waiting for another lab command to end"
		flock 9
	}
}

# identity PID: start time and boot, or nothing where there is no such process.
identity() {
	local stat threads
	{ stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
	stat=${stat##*) }
	# A process that ends is called a zombie while its last threads still hold its ports.
	threads=("/proc/$1/task"/*)
	[ "${stat%% *}" != Z ] || [ ${#threads[@]} -gt 1 ] || return 1
	printf '%s %s' "$(cut -d' ' -f20 <<<"$stat")" "$(</proc/sys/kernel/random/boot_id)"
}

# running NAME: prints the pid while that very process lives.
running() {
	local pid was
	[ -f "$STATE/run/$1" ] || return 1
	read -r pid was <"$STATE/run/$1" || return 1
	[ -n "$was" ] && [ "$(identity "$pid")" = "$was" ] && echo "$pid"
}

# launch NAME COMMAND...: in the background with its log in log/NAME.log, unless it runs.
launch() {
	local name=$1 pid
	shift
	running "$name" >/dev/null && return
	setsid "$@" </dev/null >>"$STATE/log/$name.log" 2>&1 9>&- &
	pid=$!
	disown "$pid"
	printf '%s %s\n' "$pid" "$(identity "$pid")" >"$STATE/run/$name"
}

# finish SIGNAL NAME...: signal them all, wait, and kill what is still there after 5 s.
finish() {
	local signal=$1 name pid tries
	shift
	for name; do
		pid=$(running "$name") && kill "-$signal" "$pid"
	done
	for name; do
		for tries in {1..50}; do
			running "$name" >/dev/null || break
			sleep 0.1
		done
		if pid=$(running "$name"); then
			say "$name did not end in 5 s (check $tries), killing it"
			kill -KILL "$pid"
		fi
		rm -f "$STATE/run/$name"
	done
}

# recorded: the names of all processes that were started and not ended.
recorded() {
	local file
	for file in "$STATE"/run/*; do
		[ ! -f "$file" ] || basename "$file"
	done
}

# await SECONDS NAME CONDITION...: until the condition holds, while the process NAME lives.
await() {
	local end=$((SECONDS + $1)) name=$2
	shift 2
	until "$@" >/dev/null 2>&1; do
		running "$name" >/dev/null || die_with_log "$name" "$name has ended"
		[ $SECONDS -lt $end ] || die_with_log "$name" "$name: not ready in time ($*)"
		sleep 0.1
	done
}
