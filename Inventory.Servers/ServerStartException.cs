namespace Inventory.Servers;

/// <summary>A server did not start. The message ends with the last lines of its log.</summary>
public sealed class ServerStartException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Whether the log says that another process has the port.</summary>
    internal bool PortWasTaken =>
        Message.Contains("Address already in use", StringComparison.Ordinal)
        || Message.Contains("is in use by another process", StringComparison.Ordinal);
}
