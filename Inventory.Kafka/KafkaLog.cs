using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Inventory.Kafka;

/// <summary>Brings librdkafka's own messages into the log, where they would go to the standard error otherwise.</summary>
internal sealed partial class KafkaLog(ILogger<KafkaLog> logger)
{
    public void Write(IClient client, LogMessage message)
    {
        var level = message.Level switch
        {
            <= SyslogLevel.Error => LogLevel.Error,
            SyslogLevel.Warning => LogLevel.Warning,
            SyslogLevel.Debug => LogLevel.Debug,
            _ => LogLevel.Information,
        };
        LogClientMessage(level, message.Name, message.Facility, message.Message);
    }

    [LoggerMessage(Message = "{Client} {Facility}: {Text}")]
    private partial void LogClientMessage(LogLevel level, string client, string facility, string text);
}
