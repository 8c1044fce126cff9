namespace Inventory.Tests.Hosting;

/// <summary>
/// Where the projects lie. Their appsettings.json files would overwrite each other beside the tests, so each service is
/// hosted with its project folder as content root.
/// </summary>
internal static class SourceFolders
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Of(string project) => Path.Combine(Root, project);

    private static string Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Inventory.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests must run from within the repository.");
    }
}
