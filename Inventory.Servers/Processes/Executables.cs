namespace Inventory.Servers.Processes;

/// <summary>Finds programs on the PATH.</summary>
internal static class Executables
{
    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable("PATH"));

    public static string? Find(string name, string? searchPath) =>
        (searchPath ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    public static string Require(string name, string package) =>
        Find(name) ?? throw new MissingPrerequisiteException(name, $"apt-get install {package}");
}
