using System.Globalization;
using System.Text;
using CsvHelper;
using Inventory.Tools.Replay.Playing;

namespace Inventory.Tools.Replay;

/// <summary>Lists the requests that failed, with their problems.</summary>
internal static class FailedRequestsFile
{
    public static void Write(string path, IReadOnlyCollection<FailedRequest> failures)
    {
        if (failures.Count == 0)
        {
            // A run that is resumed may have failed before.
            File.Delete(path);
            return;
        }

        using var writer = new CsvWriter(new StreamWriter(path, append: false, new UTF8Encoding(false)), CultureInfo.InvariantCulture);
        writer.WriteRecords(failures.Select(failure => new
        {
            failure.Invoice,
            failure.Id,
            failure.Problem.Status,
            failure.Problem.Code,
            failure.Problem.Detail,
        }));
    }
}
