namespace Inventory.AppHost.Stores.Embedded;

/// <summary>How the embedded servers run.</summary>
/// <param name="Directory">Their data, logs and configuration.</param>
/// <param name="Reuse">Whether they go on with the data of the last run.</param>
/// <param name="TopicPartitions">Of the stock changes, in Kafka.</param>
/// <param name="Progress">Told what is being done, a line at a time.</param>
internal sealed record EmbeddedServerOptions(string Directory, bool Reuse, int TopicPartitions, Action<string> Progress);
