using System.Text.Json;

namespace Inventory.Tools.Rebuild;

/// <summary>
/// Keeps the progress of one rebuild. A file and not a table: to lose it costs time only, as what is written twice
/// changes nothing, and the tool needs no right to write anywhere else.
/// </summary>
internal sealed class CheckpointFile(string path)
{
    public string Path { get; } = path;

    /// <returns>Null if there is none for this source and target.</returns>
    public RebuildCheckpoint? Read(RebuildSource source, string target)
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        try
        {
            using var stream = File.OpenRead(Path);
            var read = JsonSerializer.Deserialize(stream, RebuildJson.Default.RebuildCheckpoint);
            return read?.Source == source && read.Target == target ? read : null;
        }
        catch (JsonException exception)
        {
            throw new ToolException($"{Path} is no checkpoint of a rebuild: {exception.Message} Give --restart to begin anew.");
        }
    }

    public async Task WriteAsync(RebuildCheckpoint checkpoint)
    {
        // Aside and moved: a rebuild that is killed while it writes finds the last whole one.
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        var draft = Path + ".new";
        await using (var stream = File.Create(draft))
        {
            await JsonSerializer.SerializeAsync(stream, checkpoint, RebuildJson.Default.RebuildCheckpoint);
        }

        File.Move(draft, Path, overwrite: true);
    }

    public void Delete() => File.Delete(Path);
}
