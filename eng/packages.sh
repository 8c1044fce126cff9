# Sourced by ./inventory: which of the packages that not every registry serves this machine's has (docs/adr/0027).
# shellcheck shell=bash disable=SC2154

# Each with the switch in Directory.Build.props that leaves its project out.
optional_packages() {
    echo CassandraCSharpDriver DataStaxDriver
    echo Aspire.Confluent.Kafka AspireKafka
}

# Asks the registry once. 'dotnet build' and 'dotnet run' read the answer too; without it they want every package.
choose_packages() {
    local answer="$root/eng/registry.props" left_out='' switches='' package switch
    if [ -f "$answer" ]; then return; fi
    echo "Asking the NuGet registry for the packages that not every registry serves ..."
    while read -r package switch; do
        if is_served "$package"; then
            switches+="    <$switch Condition=\"'\$($switch)' == ''\">true</$switch>"$'\n'
        else
            switches+="    <$switch Condition=\"'\$($switch)' == ''\">false</$switch>"$'\n'
            left_out+="${left_out:+ and }$package"
        fi
    done < <(optional_packages)
    if [ -n "$left_out" ]; then
        echo "Left out, because the registry does not serve $left_out: what needs it says so when it is asked for."
    fi
    cat >"$answer" <<PROPS
<!-- Written by ./inventory after it asked the registry; delete it to have it ask again. -->
<Project>
  <PropertyGroup>
$switches  </PropertyGroup>
</Project>
PROPS
}

# Whether the registry has the pinned version, found out by the restore of a project that wants nothing else.
is_served() {
    local version folder log
    version=$(sed -nE "s/.*Include=\"$1\" Version=\"([^\"]+)\".*/\1/p" "$root/Directory.Packages.props")
    folder=$(mktemp -d)
    log="$folder/restore.log"
    cat >"$folder/probe.csproj" <<PROBE
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="$1" Version="$version" /></ItemGroup>
</Project>
PROBE
    if dotnet restore "$folder/probe.csproj" >"$log" 2>&1; then
        rm -rf "$folder"
        return 0
    fi
    # The package, that version of it, or something that it needs in turn.
    if grep -qE 'NU110[123]' "$log"; then
        rm -rf "$folder"
        return 1
    fi
    tail -n 5 "$log" >&2
    rm -rf "$folder"
    fail "The NuGet registry cannot be reached: nothing can be built without it."
}

# For 'doctor'.
report_packages() {
    local package switch
    if [ ! -f "$root/eng/registry.props" ]; then
        echo "unknown  NuGet: './inventory run' asks the registry once"
        return
    fi
    while read -r package switch; do
        if grep -q "<$switch .*>true<" "$root/eng/registry.props"; then
            echo "ok       $package"
        else
            echo "left out $package: the registry did not serve it (eng/registry.props)"
        fi
    done < <(optional_packages)
}
