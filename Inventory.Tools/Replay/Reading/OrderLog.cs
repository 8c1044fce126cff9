using Inventory.Tools.Display;
using Inventory.Tools.Replay.Mapping;
using Inventory.Tools.Replay.Planning;

namespace Inventory.Tools.Replay.Reading;

/// <summary>Reads a whole order log: its rows become lines of invoices, or are rejected with a reason.</summary>
internal sealed class OrderLog(IdentifierMapping mapping, RejectedRowsFile rejectedRows)
{
    private const int ProgressEvery = 1_000;

    public RowCounts Rows { get; } = new();

    public InvoiceBook Invoices { get; } = new();

    /// <param name="path">The file.</param>
    /// <param name="progress">Counts bytes; the file is read twice, the first time for its encoding alone.</param>
    /// <param name="cancellationToken">Ends reading early.</param>
    public LogFormat Read(string path, ProgressCounter progress, CancellationToken cancellationToken)
    {
        using var stream = File.OpenRead(path);
        var encoding = LogEncoding.Detect(stream, progress, cancellationToken);
        stream.Position = 0;
        using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
        var (header, headerLine) = ReadHeader(reader);
        var columns = LogColumns.FromHeader(header, Path.GetFileName(path));
        ReadRows(new RecordReader(reader, columns.Delimiter, columns.Count, headerLine), columns, stream, progress, cancellationToken);
        return new LogFormat(encoding, columns.Delimiter);
    }

    private static (string? Header, long Line) ReadHeader(StreamReader reader)
    {
        for (var line = 1L; ; line++)
        {
            var text = reader.ReadLine();
            if (text is null || !string.IsNullOrWhiteSpace(text))
            {
                return (text, line);
            }
        }
    }

    private void ReadRows(
        RecordReader records, LogColumns columns, Stream stream, ProgressCounter progress, CancellationToken cancellationToken)
    {
        var parser = new RowParser(columns);
        foreach (var record in records.ReadAll())
        {
            Rows.CountRead();
            var reason = parser.TryParse(record, out var row);
            reason = reason == RejectReason.None ? Use(row) : reason;
            if (reason == RejectReason.None)
            {
                Rows.CountUsed();
            }
            else
            {
                Rows.CountRejected(reason);
                rejectedRows.Write(record, reason);
            }

            if (Rows.Read % ProgressEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Set(stream.Length + stream.Position);
            }
        }

        progress.Set(progress.Total);
    }

    private RejectReason Use(LogRow row) =>
        mapping.TryMap(row, out var key) ? Invoices.Add(row, key) : RejectReason.IdentifierCollision;
}
