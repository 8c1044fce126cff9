using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Inventory.Tools.Bench.Processes;

/// <summary>Runs <c>wrk</c>, which costs less processor per request than what it measures.</summary>
internal static partial class Wrk
{
    private const int Connections = 64;
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    public static void Require()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "wrk"))))
        {
            throw new ToolException("wrk is missing: install it with 'apt-get install wrk'.");
        }
    }

    /// <param name="url">What to ask for, unless the script says otherwise.</param>
    /// <param name="duration">How long.</param>
    /// <param name="script">In Lua, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="connections">Requests at once.</param>
    public static async Task<WrkResult> RunAsync(
        Uri url, TimeSpan duration, string? script, CancellationToken cancellationToken, int connections = Connections)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { "-t1", $"-c{connections}", $"-d{(int)duration.TotalSeconds}s" })
        {
            start.ArgumentList.Add(argument);
        }

        var file = script is null ? null : Path.GetTempFileName();
        try
        {
            if (file is not null)
            {
                await File.WriteAllTextAsync(file, script, cancellationToken);
                start.ArgumentList.Add("-s");
                start.ArgumentList.Add(file);
            }

            start.ArgumentList.Add(url.AbsoluteUri);
            using var process = Process.Start(start) ?? throw new ToolException("wrk did not start.");
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return Parse(output);
        }
        finally
        {
            if (file is not null)
            {
                File.Delete(file);
            }
        }
    }

    internal static WrkResult Parse(string output)
    {
        var rate = RatePattern().Match(output);
        var total = TotalPattern().Match(output);
        if (!rate.Success || !total.Success)
        {
            throw new ToolException($"wrk said what is not understood:\n{output}");
        }

        var failed = FailedPattern().Match(output);
        return new WrkResult(
            double.Parse(rate.Groups["value"].Value, CultureInfo.InvariantCulture),
            long.Parse(total.Groups["value"].Value, CultureInfo.InvariantCulture),
            failed.Success ? long.Parse(failed.Groups["value"].Value, CultureInfo.InvariantCulture) : 0);
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<value>[\d.]+)", Options, 1000)]
    private static partial Regex RatePattern();

    [GeneratedRegex(@"(?<value>\d+) requests in", Options, 1000)]
    private static partial Regex TotalPattern();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (?<value>\d+)", Options, 1000)]
    private static partial Regex FailedPattern();
}
