namespace Inventory.Tools.Replay.Reading;

/// <summary>Reads rows, which are lines unless a quoted field holds a line break. Blank lines are no rows.</summary>
/// <param name="reader">The file, wherever it stands.</param>
/// <param name="delimiter">Between fields.</param>
/// <param name="columns">How many fields a row has that spans several lines; any other number means that its quote never closed.</param>
/// <param name="linesRead">How many lines come before.</param>
internal sealed class RecordReader(TextReader reader, char delimiter, int columns, long linesRead)
{
    // A description may break over a few lines. A quote that is still open after more is a mistake in its first line.
    private const int MaximumLines = 8;

    private readonly FieldSplitter _splitter = new(delimiter);
    private readonly List<string> _fields = new(columns);
    private readonly List<string> _joined = new(MaximumLines);
    private readonly Stack<string> _again = new();
    private long _line = linesRead;

    public IEnumerable<LogRecord> ReadAll()
    {
        while (NextLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Complete(line);
            }
        }
    }

    private LogRecord Complete(string first)
    {
        var number = _line;
        var split = _splitter.Split(first, _fields);
        if (split == FieldSplit.Complete)
        {
            return new LogRecord(number, first, _fields);
        }

        _joined.Clear();
        var record = first;
        while (split == FieldSplit.QuoteLeftOpen && _joined.Count < MaximumLines - 1 && NextLine() is { } next)
        {
            _joined.Add(next);
            record = record + "\n" + next;
            split = _splitter.Split(record, _fields);
        }

        if (split == FieldSplit.Complete && _fields.Count == columns)
        {
            return new LogRecord(number, record, _fields);
        }

        ReadAgain(_joined);
        return new LogRecord(number, first, Fields: null);
    }

    private string? NextLine()
    {
        var line = _again.Count > 0 ? _again.Pop() : reader.ReadLine();
        _line += line is null ? 0 : 1;
        return line;
    }

    private void ReadAgain(List<string> lines)
    {
        for (var index = lines.Count - 1; index >= 0; index--)
        {
            _again.Push(lines[index]);
        }

        _line -= lines.Count;
    }
}
