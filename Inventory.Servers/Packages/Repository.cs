namespace Inventory.Servers.Packages;

/// <summary>The checkout that this program was built from.</summary>
public static class Repository
{
    /// <summary>Names the checkout where the program does not lie beneath it.</summary>
    public const string RootVariable = "INVENTORY_ROOT";

    private const string Solution = "Inventory.sln";

    public static string Root { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } root)
        {
            return Path.GetFullPath(root);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException(
            $"No folder above {AppContext.BaseDirectory} holds {Solution}: set {RootVariable} to the one that does.");
    }
}
