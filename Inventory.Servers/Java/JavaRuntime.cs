using System.Globalization;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Java;

/// <summary>Finds the java command.</summary>
internal static class JavaRuntime
{
    /// <summary>The flags that open the class library to old servers came with modules. 9 and 10 are gone.</summary>
    private const int LowestVersion = 11;

    public static string Find() =>
        Find(Environment.GetEnvironmentVariable("JAVA_HOME"), Environment.GetEnvironmentVariable("PATH"));

    public static string Find(string? home, string? searchPath)
    {
        var java = home is { Length: > 0 } && File.Exists(Path.Combine(home, "bin", "java"))
            ? Path.Combine(home, "bin", "java")
            : Executables.Find("java", searchPath);
        return java is not null && IsRecent(java)
            ? java
            : throw new MissingPrerequisiteException(
                $"Java {LowestVersion} or later", "apt-get install openjdk-17-jre-headless");
    }

    /// <summary>Every runtime since 9 has a release file that tells its version; older ones say 1.8.</summary>
    private static bool IsRecent(string java)
    {
        var program = File.ResolveLinkTarget(java, returnFinalTarget: true)?.FullName ?? java;
        var release = Path.Combine(Path.GetDirectoryName(program)!, "..", "release");
        if (!File.Exists(release))
        {
            // A distribution that leaves it out: let the server's own log tell.
            return true;
        }

        var version = File.ReadLines(release)
            .FirstOrDefault(line => line.StartsWith("JAVA_VERSION=", StringComparison.Ordinal))
            ?.Split('"')[1]
            .Split('.')[0];
        return int.TryParse(version, CultureInfo.InvariantCulture, out var major) && major >= LowestVersion;
    }
}
