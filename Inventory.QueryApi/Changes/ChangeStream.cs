using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Answers;
using Inventory.QueryApi.Caching;

namespace Inventory.QueryApi.Changes;

/// <summary>One stream of server-sent events: writes versions and heartbeats.</summary>
/// <remarks>The event's id is the version, so that <c>Last-Event-ID</c> says what the client has.</remarks>
internal sealed class ChangeStream(PipeWriter output)
{
    private const int LongestVersion = 20;

    /// <summary>Tells the browser how soon to come back when the stream ends, as it does when an instance is stopped.</summary>
    public ValueTask<FlushResult> BeginAsync(CancellationToken cancellationToken)
    {
        output.Write("retry: 1000\n\n"u8);
        return output.FlushAsync(cancellationToken);
    }

    public ValueTask<FlushResult> WriteAsync(StockKey key, in CachedStock stock, CancellationToken cancellationToken)
    {
        output.Write("id: "u8);
        Utf8Formatter.TryFormat(stock.Version, output.GetSpan(LongestVersion), out var digits);
        output.Advance(digits);
        output.Write("\nevent: stock\ndata: "u8);
        output.Advance(StockJson.Write(key, stock, output.GetSpan(StockJson.MaximumBytes)));
        output.Write("\n\n"u8);
        return output.FlushAsync(cancellationToken);
    }

    /// <summary>A comment: moves bytes, and means nothing to the client.</summary>
    public ValueTask<FlushResult> BeatAsync(CancellationToken cancellationToken)
    {
        output.Write(": alive\n\n"u8);
        return output.FlushAsync(cancellationToken);
    }
}
