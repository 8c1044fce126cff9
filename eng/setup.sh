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
    find_librdkafka || echo librdkafka1
}

find_java() { command -v java >/dev/null; }
find_npm() { command -v npm >/dev/null; }
find_postgres() { compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || command -v postgres >/dev/null; }
find_librdkafka() { compgen -G '/usr/lib/*-linux-gnu/librdkafka.so.1' >/dev/null; }
# Only for benchmarks.
find_wrk() { command -v wrk >/dev/null; }
find_dotnet() { command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

set_up() {
    find_dotnet || fail "The .NET SDK 10 is missing: install it as https://dotnet.microsoft.com/download tells."
    local missing
    missing=$(apt_packages | tr '\n' ' ')
    if [ -n "$missing" ]; then install_packages "$missing"; fi
    choose_package_set
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

# The full set of packages where the registry serves it, the reduced one elsewhere (docs/adr/0002).
choose_package_set() {
    if [ -f "$root/eng/registry.props" ]; then return; fi
    echo "Asking the NuGet registry for the full set of packages ..."
    local log
    log=$(mktemp)
    if dotnet restore "$root/eng/full-set/full-set.csproj" >"$log" 2>&1; then
        write_registry_props true
    elif grep -qE 'NU110[123]' "$log"; then
        echo "The reduced set is built; the registry does not serve:"
        sed -nE 's/.*error NU110[123].*[Uu]nable to find package ([A-Za-z0-9.]*[A-Za-z0-9]).*/  \1/p' "$log" | sort -u
        write_registry_props false
    else
        tail -n 5 "$log" >&2
        rm -f "$log"
        fail "The NuGet registry cannot be reached."
    fi
    rm -f "$log"
}

write_registry_props() {
    cat >"$root/eng/registry.props" <<PROPS
<!-- Written by ./inventory after it asked the registry; delete it to have it ask again. -->
<Project>
  <PropertyGroup>
    <AspirePackages>$1</AspirePackages>
  </PropertyGroup>
</Project>
PROPS
}

full_set() { grep -q '>true<' "$root/eng/registry.props" 2>/dev/null; }

# What 'dotnet run' would take from Inventory.AppHost/Properties/launchSettings.json.
aspire_environment() {
    export ASPNETCORE_ENVIRONMENT=Development DOTNET_ENVIRONMENT=Development
    export ASPNETCORE_URLS=http://localhost:18888
    export ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:4317
    export ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:20000
    export ASPIRE_ALLOW_UNSECURED_TRANSPORT=true
}

# Prints where a project's assembly is built (Directory.Build.props).
built() {
    local artifacts="$root/artifacts"
    if full_set; then artifacts="$artifacts/full"; fi
    echo "$artifacts/bin/$1/release/$1.dll"
}

# Prints where a project's published program is.
published() {
    local artifacts="$root/artifacts"
    if grep -q '>true<' "$root/eng/registry.props" 2>/dev/null; then artifacts="$artifacts/full"; fi
    echo "$artifacts/publish/$1/release_$(runtime_identifier)/$1"
}

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
    check "librdkafka" find_librdkafka "apt-get install librdkafka1"
    if [ -f "$root/eng/registry.props" ]; then
        grep -q '>true<' "$root/eng/registry.props" && echo "ok       NuGet: the full set" || echo "ok       NuGet: the reduced set"
    else
        echo "unknown  NuGet: './inventory run' asks the registry once"
    fi
    local process
    if process=$(running); then
        echo "running  process $process; addresses in .inventory/endpoints.json"
    else
        echo "stopped  the system does not run"
    fi
}
