using Inventory.Tests.Deploy.Programs;
using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy.Chart;

/// <summary>A published chart as helm sees it.</summary>
internal sealed class HelmChart(ToolProgram helm, string folder)
{
    /// <summary>What every command of the guide calls the release.</summary>
    public const string Release = "inventory";

    public string Folder => folder;

    public YamlNode DefaultValues { get; } = YamlText.Read(File.ReadAllText(Path.Combine(folder, "values.yaml")))[0];

    /// <summary>The secrets that it asks for in its values.</summary>
    public IReadOnlyList<string> Secrets { get; } = ChartSecrets.Paths(folder);

    public Task<ProgramResult> LintAsync(ValueSet values, CancellationToken cancellationToken) =>
        helm.RunAsync(["lint", "--strict", folder, .. Values(values)], cancellationToken: cancellationToken);

    public async Task<string> TemplateAsync(ValueSet values, CancellationToken cancellationToken) =>
        (await TemplateAsync(Values(values), cancellationToken)).Succeeded();

    public Task<ProgramResult> TemplateAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        helm.RunAsync(["template", Release, folder, .. arguments], cancellationToken: cancellationToken);

    /// <summary>As arguments, with a value for every secret.</summary>
    public IEnumerable<string> Values(ValueSet values) => [.. values.Arguments, .. ChartSecrets.Arguments(Secrets)];
}
