using System.Buffers.Text;
using System.Globalization;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Caching;

namespace Inventory.QueryApi.Answers;

/// <summary>
/// Writes a <see cref="StockAnswer"/> as UTF-8, byte for byte as <see cref="Contracts.ApiJson"/> does, without an object
/// in between.
/// </summary>
internal static class StockJson
{
    /// <summary>No answer is longer: five names with their punctuation, and the longest numbers and time.</summary>
    public const int MaximumBytes = 224;

    private const int FractionStart = 20;
    private const int FractionEnd = 27;

    public static int Write(StockKey key, in CachedStock stock, Span<byte> target)
    {
        var length = 0;
        Append("{\"vendorItemId\":"u8, target, ref length);
        Append(key.VendorItemId, target, ref length);
        Append(",\"fulfillmentCenterId\":"u8, target, ref length);
        Append(key.FulfillmentCenterId, target, ref length);
        Append(",\"stockCount\":"u8, target, ref length);
        Append(stock.StockCount, target, ref length);
        Append(",\"version\":"u8, target, ref length);
        Append(stock.Version, target, ref length);
        Append(",\"updatedAt\":\""u8, target, ref length);
        AppendTime(stock.UpdatedAtTicks, target, ref length);
        Append("\"}"u8, target, ref length);
        return length;
    }

    /// <summary>The key alone, as a <see cref="StockKeyField"/>.</summary>
    public static int WriteKey(StockKey key, Span<byte> target)
    {
        var length = 0;
        Append("{\"vendorItemId\":"u8, target, ref length);
        Append(key.VendorItemId, target, ref length);
        Append(",\"fulfillmentCenterId\":"u8, target, ref length);
        Append(key.FulfillmentCenterId, target, ref length);
        Append("}"u8, target, ref length);
        return length;
    }

    public static RenderedAnswer Render(StockKey key, in CachedStock stock)
    {
        Span<byte> body = stackalloc byte[MaximumBytes];
        return new RenderedAnswer(body[..Write(key, stock, body)].ToArray(), ETagOf(stock.Version));
    }

    /// <summary>Strong: the version decides every byte of a key's answer.</summary>
    public static string ETagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static void Append(ReadOnlySpan<byte> text, Span<byte> target, ref int length)
    {
        text.CopyTo(target[length..]);
        length += text.Length;
    }

    private static void Append(long number, Span<byte> target, ref int length)
    {
        Utf8Formatter.TryFormat(number, target[length..], out var written);
        length += written;
    }

    // 2026-11-22T08:30:00.1230000+00:00 without the zeros at the end of the fraction, or without the fraction.
    private static void AppendTime(long utcTicks, Span<byte> target, ref int length)
    {
        var time = target[length..];
        Utf8Formatter.TryFormat(new DateTimeOffset(utcTicks, TimeSpan.Zero), time, out var written, 'O');
        var end = FractionEnd;
        while (end > FractionStart && time[end - 1] == (byte)'0')
        {
            end--;
        }

        if (end == FractionStart)
        {
            end--;
        }

        time[FractionEnd..written].CopyTo(time[end..]);
        length += end + written - FractionEnd;
    }
}
