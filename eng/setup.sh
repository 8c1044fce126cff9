# Sourced by ./inventory: what must be there before anything runs, and how it gets there.
# shellcheck shell=bash disable=SC2154

fail() {
    echo "$*" >&2
    exit 2
}

# Debian's package for each program that is needed. The .NET SDK is not in Debian.
apt_packages() {
    find_java || echo openjdk-17-jre-headless
    find_npm || echo nodejs npm
    find_postgres || echo postgresql
}

find_java() { command -v java >/dev/null; }
find_npm() { command -v npm >/dev/null; }
find_postgres() { compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || command -v postgres >/dev/null; }
# Only for benchmarks.
find_wrk() { command -v wrk >/dev/null; }
find_dotnet() { command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

set_up() {
    find_dotnet || fail "The .NET SDK 10 is missing: install it as https://dotnet.microsoft.com/download tells."
    local missing
    missing=$(apt_packages | tr '\n' ' ')
    if [ -n "$missing" ]; then install_packages "$missing"; fi
    choose_packages
}

install_packages() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        fail "Some programs are missing: install them with 'apt-get install $1'."
    fi
    echo "Installing $1..."
    mkdir -p "$state"
    # Debian would start a cluster of its own on installation; ours are started by Inventory.Servers.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    # shellcheck disable=SC2086
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $1; } \
        >"$state/apt.log" 2>&1; then
        tail -n 5 "$state/apt.log" >&2
        fail "The installation failed: see .inventory/apt.log, or install them yourself: $1"
    fi
}

# Prints where a project's assembly is built (Directory.Build.props).
built() { echo "$root/artifacts/bin/$1/release/$1.dll"; }

# Prints where a project's published program is.
published() { echo "$root/artifacts/publish/$1/release_$(runtime_identifier)/$1"; }

runtime_identifier() {
    case "$(uname -m)" in
        x86_64) echo linux-x64 ;;
        aarch64) echo linux-arm64 ;;
        *) fail "$(uname -m) is not a processor that this is published for." ;;
    esac
}

# Builds unless nothing that goes into a build is newer than the last one.
build_once() {
    local stamp="$root/artifacts/built"
    if [ -f "$stamp" ] && [ -z "$(changed_since "$stamp")" ]; then return; fi
    echo "Building ..."
    local log="$root/artifacts/build.log"
    mkdir -p "$root/artifacts"
    touch "$stamp.new"
    if ! dotnet build "$root/Inventory.sln" -c "$configuration" --nologo -v quiet -clp:NoSummary >"$log" 2>&1; then
        grep -E 'error' "$log" | sort -u | head -n 20 >&2 || tail -n 20 "$log" >&2
        fail "The build failed; the log is artifacts/build.log."
    fi
    mv "$stamp.new" "$stamp"
}

changed_since() {
    find "$root" \( -name artifacts -o -name node_modules -o -name .git -o -name .inventory \) -prune -o \
        -type f \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.sln' \
        -o -name '*.json' -o -name '*.sql' -o -name '*.cql' -o -name .editorconfig \) -newer "$1" -print -quit
}

doctor() {
    check() { if "$2"; then echo "ok       $1"; else echo "missing  $1: $3"; fi; }
    check ".NET SDK 10" find_dotnet "https://dotnet.microsoft.com/download"
    check "Java 11 or later" find_java "apt-get install openjdk-17-jre-headless"
    check "Node.js with npm" find_npm "apt-get install nodejs npm"
    check "PostgreSQL" find_postgres "apt-get install postgresql"
    report_packages
    local process
    if process=$(running); then
        echo "running  process $process; addresses in .inventory/endpoints.json"
    else
        echo "stopped  the system does not run"
    fi
}
