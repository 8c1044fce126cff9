namespace Inventory.Servers.Processes;

/// <summary>Reads the end of a log, for messages about what went wrong.</summary>
internal static class LogTail
{
    private const int Lines = 20;
    private const int Bytes = 16 * 1024;

    public static string Read(string file)
    {
        try
        {
            using var log = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            log.Seek(-Math.Min(log.Length, Bytes), SeekOrigin.End);
            using var reader = new StreamReader(log);
            return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(Lines));
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }
}
