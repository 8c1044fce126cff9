using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Services;

internal static class DirectLaunch
{
    /// <summary>
    /// Starts what was built beside this program instead of <c>dotnet run</c>, which stays for as long as its child does: a
    /// process of some 140 MB for each service, and signals would go to it. In an IDE the IDE starts the project as always.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithDirectLaunch(this IResourceBuilder<ProjectResource> service)
    {
        var project = Path.GetFileNameWithoutExtension(service.Resource.GetProjectMetadata().ProjectPath);
        var program = Program(project);
        return service.ApplicationBuilder.ExecutionContext.IsRunMode && File.Exists(program)
            ? service.WithAnnotation(new ExecutableAnnotation
            {
                Command = program,
                WorkingDirectory = Path.GetDirectoryName(program)!,
            })
            : service;
    }

    // Everything is built into artifacts/bin/{project}/{configuration}, this program and the tests too.
    private static string Program(string project)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var name = OperatingSystem.IsWindows() ? $"{project}.exe" : project;
        return Path.Combine(own.Parent?.Parent?.FullName ?? own.FullName, project, own.Name, name);
    }
}
