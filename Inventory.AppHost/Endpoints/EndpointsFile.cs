using System.Text.Json;
using Inventory.Servers.Files;

namespace Inventory.AppHost.Endpoints;

/// <summary>Tells the tools where the system is, for as long as it runs. It holds secrets: only its owner reads it.</summary>
internal sealed class EndpointsFile(string path)
{
    public async Task WriteAsync(SystemEndpoints endpoints, CancellationToken cancellationToken)
    {
        // Written aside and moved, so that whoever waits for the file never reads half of it.
        var draft = path + ".new";
        File.Delete(draft);
        await using (var stream = PrivateFile.Create(draft))
        {
            await JsonSerializer.SerializeAsync(stream, endpoints, EndpointsJson.Default.SystemEndpoints, cancellationToken);
        }

        File.Move(draft, path, overwrite: true);
    }

    public void Delete()
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
