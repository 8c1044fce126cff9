using System.Runtime.InteropServices;
using System.Text.Json;

namespace Inventory.Servers.Packages;

/// <summary>Compares what package-lock.json asks for with what npm says it has installed.</summary>
internal static class PackageLock
{
    private const string LockName = "package-lock.json";

    /// <summary>npm writes it when it is done, so a broken off installation has none.</summary>
    private static readonly string InstalledName = Path.Combine("node_modules", ".package-lock.json");

    public static bool IsInstalled(string folder)
    {
        var installed = Path.Combine(folder, InstalledName);
        if (!File.Exists(installed))
        {
            return false;
        }

        using var wanted = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, LockName)));
        using var present = JsonDocument.Parse(File.ReadAllBytes(installed));
        var hashes = Packages(present).ToDictionary(package => package.Name, package => Hash(package.Value));
        return Packages(wanted)
            .Where(package => package.Name.Length > 0 && IsForThisMachine(package.Value))
            .All(package => hashes.TryGetValue(package.Name, out var hash) && hash == Hash(package.Value));
    }

    private static JsonElement.ObjectEnumerator Packages(JsonDocument document) =>
        document.RootElement.GetProperty("packages").EnumerateObject();

    private static string? Hash(JsonElement package) =>
        package.TryGetProperty("integrity", out var hash) ? hash.GetString() : null;

    /// <summary>npm leaves out an optional package that is for another processor.</summary>
    private static bool IsForThisMachine(JsonElement package) =>
        !package.TryGetProperty("cpu", out var processors)
        || processors.EnumerateArray().Any(processor => processor.ValueEquals(Processor));

    private static string Processor => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        var other => other.ToString(),
    };
}
