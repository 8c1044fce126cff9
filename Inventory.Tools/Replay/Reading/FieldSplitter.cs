using System.Text;

namespace Inventory.Tools.Replay.Reading;

/// <summary>
/// Splits one record by RFC 4180. Our own, where CsvHelper does the writing: after a quote that is never closed a
/// parser of streams swallows the rest of the file, and here only one row may be lost, and not silently.
/// </summary>
internal sealed class FieldSplitter(char delimiter)
{
    private const char Quote = '"';

    private readonly StringBuilder _quoted = new();

    /// <param name="record">One line, or several where a quoted field holds line breaks.</param>
    /// <param name="fields">Cleared and filled.</param>
    public FieldSplit Split(string record, List<string> fields)
    {
        fields.Clear();
        var position = 0;
        while (true)
        {
            var split = position < record.Length && record[position] == Quote
                ? TakeQuoted(record, ref position, fields)
                : TakePlain(record, ref position, fields);
            if (split != FieldSplit.Complete || position == record.Length)
            {
                return split;
            }

            // Step over the delimiter. After a last one there is one more field, an empty one.
            position++;
            if (position == record.Length)
            {
                fields.Add("");
                return FieldSplit.Complete;
            }
        }
    }

    // A quote inside a field that does not begin with one stands for itself, as in: 12" RULER.
    private FieldSplit TakePlain(string record, ref int position, List<string> fields)
    {
        var end = record.IndexOf(delimiter, position);
        end = end < 0 ? record.Length : end;
        fields.Add(record[position..end]);
        position = end;
        return FieldSplit.Complete;
    }

    private FieldSplit TakeQuoted(string record, ref int position, List<string> fields)
    {
        _quoted.Clear();
        position++;
        while (true)
        {
            var end = record.IndexOf(Quote, position);
            if (end < 0)
            {
                return FieldSplit.QuoteLeftOpen;
            }

            _quoted.Append(record, position, end - position);
            position = end + 1;
            if (position == record.Length || record[position] == delimiter)
            {
                fields.Add(_quoted.ToString());
                return FieldSplit.Complete;
            }

            if (record[position] != Quote)
            {
                return FieldSplit.TextAfterQuote;
            }

            _quoted.Append(Quote);
            position++;
        }
    }
}
