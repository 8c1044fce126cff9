using Microsoft.Extensions.Logging;

namespace Inventory.AppHost.Stores.Embedded;

/// <summary>What the log of an embedded server says besides its own lines.</summary>
internal static partial class EmbeddedServerLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    public static partial void Progress(ILogger logger, string line);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    public static partial void DidNotStart(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Process} ended by itself with exit code {ExitCode}.")]
    public static partial void Ended(ILogger logger, string process, int exitCode);
}
