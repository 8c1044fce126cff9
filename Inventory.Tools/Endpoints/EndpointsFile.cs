using System.Text.Json;

namespace Inventory.Tools.Endpoints;

/// <summary>Finds and reads the file that tells where the running system is.</summary>
internal static class EndpointsFile
{
    public const string RelativePath = ".inventory/endpoints.json";

    private const string FolderName = ".inventory";

    /// <param name="given">A path from the command line, or null to look for the file from the working directory upwards.</param>
    /// <param name="workingDirectory">Where the user is.</param>
    public static RunningSystem Read(string? given, string workingDirectory)
    {
        var path = given ?? Upwards(workingDirectory).Select(folder => Path.Combine(folder, RelativePath)).FirstOrDefault(File.Exists);
        if (path is null || !File.Exists(path))
        {
            throw new ToolException(
                $"{path ?? RelativePath} was not found, so nothing says where the system is: run `./inventory run` first.");
        }

        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, EndpointsJson.Default.RunningSystem)
                ?? throw new ToolException($"{path} is empty: run `./inventory run` again.");
        }
        catch (JsonException exception)
        {
            throw new ToolException($"{path} is not what `./inventory run` writes: {exception.Message}");
        }
    }

    /// <summary>Where tools keep what they write: the nearest <c>.inventory</c> upwards, or a new one right here.</summary>
    public static string StateFolder(string workingDirectory) =>
        Upwards(workingDirectory).Select(folder => Path.Combine(folder, FolderName)).FirstOrDefault(Directory.Exists)
        ?? Path.Combine(workingDirectory, FolderName);

    private static IEnumerable<string> Upwards(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
