namespace Inventory.Tools.Replay;

/// <summary>What the user asked for.</summary>
/// <param name="File">The shop's order log.</param>
/// <param name="StateFolder">Where the mapping and the lists of what went wrong are kept.</param>
/// <param name="RunId">Names this run; the same again resumes it.</param>
/// <param name="OpeningStock">What each key gets first, or null for what its orders need.</param>
/// <param name="Concurrency">How many orders are under way at once.</param>
/// <param name="DrainPatience">How long the read side may stand still before waiting for it ends.</param>
internal sealed record ReplayOptions(
    string File,
    string StateFolder,
    string RunId,
    int? OpeningStock,
    int Concurrency,
    TimeSpan DrainPatience)
{
    public string MappingPath => Path.Combine(StateFolder, "mapping.csv");

    public string RejectedPath => ReportPath("rejected");

    public string FailedPath => ReportPath("failed");

    private string ReportPath(string what) => Path.Combine(StateFolder, $"{Path.GetFileNameWithoutExtension(File)}-{RunId}-{what}.csv");
}
