namespace Inventory.Servers.Files;

/// <summary>Keeps processes apart: a file that one of them holds open at a time.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until no one else holds the file. The end of the process lets it go, in whatever way it ends.</summary>
    public static async Task<FileStream> TakeAsync(string file, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException))
            {
                await Task.Delay(Interval, cancellationToken);
            }
        }
    }
}
