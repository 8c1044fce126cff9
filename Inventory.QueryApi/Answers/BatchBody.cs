using System.Buffers;
using System.Text.Json;
using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Answers;

/// <summary>
/// Reads the keys of a batch straight from the bytes of a body that is as it should be. Of any other it says no more than
/// that; then the serializer reads it again and finds out what is wrong.
/// </summary>
internal static class BatchBody
{
    /// <param name="body">The whole body.</param>
    /// <param name="keys">Room for <see cref="StockBatchRequest.MaximumKeys"/>.</param>
    /// <returns>How many keys there are: different and valid ones. 0 if the body must be looked at more closely.</returns>
    public static int Parse(in ReadOnlySequence<byte> body, Span<StockKey> keys)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            if (!Next(ref json, JsonTokenType.StartObject)
                || !Next(ref json, JsonTokenType.PropertyName) || !json.ValueTextEquals("keys"u8)
                || !Next(ref json, JsonTokenType.StartArray))
            {
                return 0;
            }

            var count = 0;
            while (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                if (count == StockBatchRequest.MaximumKeys || !TryReadKey(ref json, out keys[count]))
                {
                    return 0;
                }

                count++;
            }

            return json.TokenType == JsonTokenType.EndArray
                && Next(ref json, JsonTokenType.EndObject)
                && !json.Read()
                && AreDifferent(keys[..count])
                    ? count
                    : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static bool TryReadKey(ref Utf8JsonReader json, out StockKey key)
    {
        long item = 0;
        var center = 0;
        for (var field = 0; field < 2; field++)
        {
            if (!Next(ref json, JsonTokenType.PropertyName))
            {
                break;
            }

            // A field that is given twice leaves the other one at 0, which no id may be.
            if (json.ValueTextEquals("vendorItemId"u8))
            {
                if (!Next(ref json, JsonTokenType.Number) || !json.TryGetInt64(out item))
                {
                    break;
                }
            }
            else if (!json.ValueTextEquals("fulfillmentCenterId"u8)
                || !Next(ref json, JsonTokenType.Number)
                || !json.TryGetInt32(out center))
            {
                break;
            }
        }

        key = new StockKey(item, center);
        return key.IsValid && Next(ref json, JsonTokenType.EndObject);
    }

    private static bool Next(ref Utf8JsonReader json, JsonTokenType type) => json.Read() && json.TokenType == type;

    // A table of twice the keys at most, filled by open addressing: 2 KB on the stack instead of a set on the heap.
    private static bool AreDifferent(ReadOnlySpan<StockKey> keys)
    {
        const int TableSize = 1_024;
        Span<short> table = stackalloc short[TableSize];
        table.Clear();
        for (var index = 0; index < keys.Length; index++)
        {
            var place = Caching.StockCache.HashOf(keys[index]) & (TableSize - 1);
            while (table[place] != 0)
            {
                if (keys[table[place] - 1] == keys[index])
                {
                    return false;
                }

                place = (place + 1) & (TableSize - 1);
            }

            table[place] = (short)(index + 1);
        }

        return true;
    }
}
