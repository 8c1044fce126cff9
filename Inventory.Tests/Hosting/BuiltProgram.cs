namespace Inventory.Tests.Hosting;

/// <summary>The programs of the solution: everything is built into artifacts/bin/{project}/{configuration}, the tests too.</summary>
internal static class BuiltProgram
{
    /// <returns>The assembly, for <c>dotnet</c>.</returns>
    public static string Assembly(string project)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, $"{project}.dll");
    }
}
