using Inventory.Tools.Display;
using Inventory.Tools.Replay.Mapping;
using Inventory.Tools.Replay.Reading;

namespace Inventory.Tools.Replay;

/// <summary>The first phase: from a file to invoices, with its mapping kept and its senseless rows listed.</summary>
internal static class LogReading
{
    public static async Task<LogReadResult> ReadAsync(
        ReplayOptions options, IProgressDisplay display, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.File))
        {
            throw new ToolException($"{options.File} does not exist.");
        }

        var mapping = new IdentifierMapping();
        MappingFile.Load(options.MappingPath, mapping);
        using var rejected = new RejectedRowsFile(options.RejectedPath);
        var log = new OrderLog(mapping, rejected);
        var progress = new ProgressCounter(2 * new FileInfo(options.File).Length);
        var format = await display.ShowAsync(
            "Reading (bytes)",
            progress,
            () => Task.Run(() => log.Read(options.File, progress, cancellationToken), cancellationToken));
        MappingFile.Save(options.MappingPath, mapping);
        return new LogReadResult(format, log.Rows, log.Invoices.Invoices, mapping);
    }
}
