using System.Buffers;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Caching;

namespace Inventory.QueryApi.Answers;

/// <summary>
/// Writes a <see cref="StockBatchAnswer"/> as UTF-8, byte for byte as <see cref="Contracts.ApiJson"/> does: what was found
/// in the order asked, then the keys that were not.
/// </summary>
internal static class BatchResponse
{
    private const string JsonType = "application/json; charset=utf-8";
    private const int FrameBytes = 64;

    public static async Task WriteAsync(
        HttpResponse response, ReadOnlyMemory<StockKey> keys, ReadOnlyMemory<CachedStock> stocks)
    {
        var space = ArrayPool<byte>.Shared.Rent(FrameBytes + (keys.Length * (StockJson.MaximumBytes + 1)));
        try
        {
            var length = Render(keys.Span, stocks.Span, space);
            response.ContentType = JsonType;
            response.ContentLength = length;
            await response.BodyWriter.WriteAsync(space.AsMemory(0, length), response.HttpContext.RequestAborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(space);
        }
    }

    internal static int Render(ReadOnlySpan<StockKey> keys, ReadOnlySpan<CachedStock> stocks, Span<byte> target)
    {
        var length = Append("{\"stocks\":["u8, target);
        var written = 0;
        for (var index = 0; index < keys.Length; index++)
        {
            if (stocks[index].IsFound)
            {
                length += AppendSeparator(written++, target[length..]);
                length += stocks[index].Rendered is { } rendered
                    ? Append(rendered.Body, target[length..])
                    : StockJson.Write(keys[index], stocks[index], target[length..]);
            }
        }

        length += Append("],\"missing\":["u8, target[length..]);
        written = 0;
        for (var index = 0; index < keys.Length; index++)
        {
            if (!stocks[index].IsFound)
            {
                length += AppendSeparator(written++, target[length..]);
                length += StockJson.WriteKey(keys[index], target[length..]);
            }
        }

        return length + Append("]}"u8, target[length..]);
    }

    private static int AppendSeparator(int before, Span<byte> target) => before == 0 ? 0 : Append(","u8, target);

    private static int Append(ReadOnlySpan<byte> text, Span<byte> target)
    {
        text.CopyTo(target);
        return text.Length;
    }
}
