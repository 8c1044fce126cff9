namespace Inventory.Servers.Files;

/// <summary>
/// The folder of one server. While it runs, the server itself holds the lock file, so two runs never share a folder and
/// a server of a run that died, which may still be shutting down, is waited for.
/// </summary>
internal sealed class ServerFolder : IDisposable
{
    private const string LockName = "lock";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _lock;

    private ServerFolder(FileStream lockFile) => _lock = lockFile;

    public static string LockFile(string folder) => Path.Combine(folder, LockName);

    /// <summary>Waits for the folder and, unless it is to be reused, empties it. Dispose it to let the server in.</summary>
    public static async Task<ServerFolder> PrepareAsync(
        string name, string folder, ServerOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var prepared = new ServerFolder(await LockAsync(name, folder, options, cancellationToken));
        try
        {
            if (!options.Reuse)
            {
                Empty(folder);
            }

            return prepared;
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits until nothing of a server that ended holds its folder: what it forked may outlive it by a moment.
    /// </summary>
    public static async Task WaitUntilFreeAsync(
        string name, string folder, ServerOptions options, CancellationToken cancellationToken)
    {
        var freed = await LockAsync(name, folder, options, cancellationToken);
        await freed.DisposeAsync();
    }

    /// <summary>Deletes everything but the lock, which others may be waiting for.</summary>
    public static void Empty(string folder)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } directory)
            {
                directory.Delete(recursive: true);
            }
            else if (entry.Name != LockName)
            {
                entry.Delete();
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private static async Task<FileStream> LockAsync(
        string name, string folder, ServerOptions options, CancellationToken cancellationToken)
    {
        var patience = options.StartTimeout < LongestWait ? options.StartTimeout : LongestWait;
        var began = TimeProvider.System.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileStream(LockFile(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception)
            {
                if (TimeProvider.System.GetElapsedTime(began) > patience)
                {
                    throw new ServerStartException(
                        $"{name} cannot start: another run uses {folder}.", exception);
                }

                if (!told)
                {
                    options.Report($"Waiting for the {name} of another run in {folder} to stop ...");
                }
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }
}
