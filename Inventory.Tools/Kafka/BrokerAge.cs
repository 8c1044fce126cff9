using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Inventory.Tools.Kafka;

/// <summary>
/// Whether a broker can be asked for the versions that it speaks. One older than 0.10, as that of the local run, leaves the
/// question unanswered, for which the client would wait 10 s on each of its connections.
/// </summary>
internal static class BrokerAge
{
    private const int DefaultPort = 9092;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    // ApiVersions, version 0, correlation id 1, no client id; behind its length.
    private static readonly byte[] Question = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF];

    /// <summary>Asks the first broker of the list, once per process.</summary>
    public static bool AnswersVersions(string bootstrapServers) => Known.GetOrAdd(bootstrapServers, Ask);

    private static bool Ask(string bootstrapServers)
    {
        var address = bootstrapServers.Split(',')[0].Trim();
        var uri = new Uri($"kafka://{address}");
        try
        {
            using var client = new TcpClient { ReceiveTimeout = (int)Patience.TotalMilliseconds };
            client.Connect(uri.Host, uri.Port < 0 ? DefaultPort : uri.Port);
            var stream = client.GetStream();
            stream.Write(Question);
            return stream.Read(new byte[sizeof(int)]) > 0;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
