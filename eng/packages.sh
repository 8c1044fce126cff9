# Sourced by ./inventory: finds out once which of the packages that not every registry serves this machine's has, and writes
# the switches of Directory.Build.props into eng/registry.props (docs/adr/0027). Needs $root, the folder of the repository.

# Restores nothing but the one package. 0: served. 1: not served. 2: it could not be found out; the reason is in $probe_output.
probe_package() {
    local folder=$1 name=$2 version
    version=$(sed -n "s/.*Include=\"$name\" Version=\"\([^\"]*\)\".*/\1/p" "$root/Directory.Packages.props")
    mkdir -p "$folder/$name"
    # Files of its own end the search for the repository's, wherever the folder is.
    echo '<Project />' | tee "$folder/$name/Directory.Build.props" "$folder/$name/Directory.Build.targets" \
        "$folder/$name/Directory.Packages.props" > /dev/null
    cat > "$folder/$name/probe.csproj" << PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
  <ItemGroup><PackageReference Include="$name" Version="[$version]" /></ItemGroup>
</Project>
PROJECT
    probe_output=$(cd "$root" && timeout 120 dotnet restore "$folder/$name/probe.csproj" -v q --nologo 2>&1) && return 0
    case $probe_output in
        *NU1301* | *NU1302*) return 2 ;;
        *NU1101* | *NU1102* | *NU1103*) return 1 ;;
        *) return 2 ;;
    esac
}

choose_packages() {
    local file="$root/eng/registry.props" folder switches="" left_out="" entry name switch
    [ -f "$file" ] && return 0
    folder=$(mktemp -d)
    for entry in CassandraCSharpDriver:DataStaxDriver Aspire.Confluent.Kafka:AspireKafka; do
        name=${entry%:*} switch=${entry#*:}
        probe_package "$folder" "$name"
        case $? in
            0) switches+="    <$switch Condition=\"'\$($switch)' == ''\">true</$switch>"$'\n' ;;
            1)
                switches+="    <$switch Condition=\"'\$($switch)' == ''\">false</$switch>"$'\n'
                left_out+="${left_out:+ and }$name"
                ;;
            *)
                rm -rf "$folder"
                echo "Whether the package registry serves $name could not be found out: ${probe_output%%$'\n'*}" >&2
                return 1
                ;;
        esac
    done
    rm -rf "$folder"
    printf '<Project>\n  <PropertyGroup>\n%s  </PropertyGroup>\n</Project>\n' "$switches" > "$file.new" && mv "$file.new" "$file"
    [ -z "$left_out" ] || echo "Built without $left_out: this machine's package registry does not serve it (eng/registry.props)."
}
