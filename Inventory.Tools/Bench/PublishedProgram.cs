using System.CommandLine;
using Inventory.Servers.Packages;

namespace Inventory.Tools.Bench;

/// <summary>The option that tells where a published service is, which <c>./inventory bench</c> has published and gives.</summary>
internal sealed class PublishedProgram(string option, string description, string project)
{
    private readonly Option<string> _file = new(option)
    {
        Description = description,
        DefaultValueFactory = _ => Path.Combine(Repository.Root, "artifacts", "publish", project, "release_linux-x64", project),
        HelpName = "FILE",
    };

    public void AddTo(Command command) => command.Options.Add(_file);

    /// <exception cref="ToolException">There is no such file.</exception>
    public string Require(ParseResult parsed)
    {
        var program = parsed.GetValue(_file)!;
        return File.Exists(program)
            ? program
            : throw new ToolException(
                $"{program} was not found: run `./inventory bench {parsed.CommandResult.Command.Name}`, which publishes it.");
    }
}
