using System.CommandLine;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Tools.Endpoints;

namespace Inventory.Tools.DeadLetters;

/// <summary><c>dead-letters list|show|replay|drop</c>.</summary>
internal sealed class DeadLettersCommand
{
    private readonly TimeProvider _time;
    private readonly EndpointOptions _endpoints = new();
    private readonly Option<bool> _all = new("--all");

    private readonly Argument<string> _id = new("id") { Description = "The first column of `list`." };

    private readonly Argument<string[]> _ids = new("ids")
    {
        Description = "The first column of `list`.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private DeadLettersCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time) =>
        new("dead-letters", "Look at the messages that could not be applied, and decide what becomes of them.")
        {
            new DeadLettersCommand(time).List(),
            new DeadLettersCommand(time).Show(),
            new DeadLettersCommand(time).Replay(),
            new DeadLettersCommand(time).Drop(),
        };

    private Command List()
    {
        _all.Description = "Those that were resolved, too.";
        return Describe("list", "Every letter that waits for a decision.", [_all], null, (parsed, topic, token) =>
        {
            var letters = topic.ReadAll(token);
            DeadLetterText.WriteList(
                Console.Out, parsed.GetValue(_all) ? letters : [.. letters.Where(letter => letter.Resolution is null)]);
            return Task.CompletedTask;
        });
    }

    private Command Show() =>
        Describe("show", "A letter with its reason, origin, trace and value.", [], _id, (parsed, topic, token) =>
        {
            DeadLetterText.Write(Console.Out, Find(topic.ReadAll(token), parsed.GetValue(_id)!));
            return Task.CompletedTask;
        });

    private Command Replay()
    {
        _all.Description = "Every letter that is open.";
        return Describe("replay", "Send messages to their topic again.", [_all], _ids, async (parsed, topic, token) =>
        {
            await using var cassandra = await CassandraConnection.OpenAsync(_endpoints.ResolveFile(parsed), _time, token);
            var replay = new DeadLetterReplay(topic, cassandra, _time);
            await ResolveAsync(parsed, topic, letter => replay.RunAsync(letter, token), token);
        });
    }

    private Command Drop()
    {
        _all.Description = "Every letter that is open.";
        return Describe("drop", "Give messages up.", [_all], _ids, (parsed, topic, token) => ResolveAsync(
            parsed, topic, letter => topic.ResolveAsync(letter, DeadLetterResolution.Dropped, token), token));
    }

    private Command Describe(
        string name,
        string description,
        IReadOnlyList<Option> options,
        Argument? argument,
        Func<ParseResult, DeadLetterTopic, CancellationToken, Task> runAsync)
    {
        var command = new Command(name, description);
        _endpoints.AddTo(command);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        if (argument is not null)
        {
            command.Arguments.Add(argument);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var kafka = _endpoints.ResolveFile(parsed).ConnectionString(ResourceNames.Kafka);
            await runAsync(parsed, new DeadLetterTopic(kafka, _time), cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }

    // Tells of each what became of it; one that cannot be helped does not stop the others.
    private async Task ResolveAsync(
        ParseResult parsed,
        DeadLetterTopic topic,
        Func<DeadLetter, Task<DeadLetter>> resolveAsync,
        CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var letter in Choose(parsed, topic.ReadAll(cancellationToken)))
        {
            try
            {
                var resolved = await resolveAsync(letter);
                await Console.Out.WriteLineAsync($"{resolved.Id} {resolved.Resolution!.Outcome}");
            }
            catch (ToolException exception) when (exception.ExitCode == ExitCode.Failure)
            {
                failures.Add(exception.Message);
            }
        }

        if (failures.Count > 0)
        {
            throw new ToolException(string.Join(Environment.NewLine, failures), ExitCode.Failure);
        }
    }

    private List<DeadLetter> Choose(ParseResult parsed, IReadOnlyList<DeadLetter> letters)
    {
        var ids = parsed.GetValue(_ids)!;
        if (parsed.GetValue(_all) == ids.Length > 0)
        {
            throw new ToolException("Name the letters, or give --all for every open one.");
        }

        var chosen = ids.Length == 0
            ? [.. letters.Where(letter => letter.Resolution is null)]
            : ids.Distinct(StringComparer.Ordinal).Select(id => Find(letters, id)).ToList();
        return chosen.Find(letter => letter.Resolution is not null) is { } resolved
            ? throw new ToolException($"{resolved.Id} was {resolved.Resolution!.Outcome} already.")
            : chosen;
    }

    private static DeadLetter Find(IReadOnlyList<DeadLetter> letters, string id) =>
        letters.FirstOrDefault(letter => letter.Id == id)
        ?? throw new ToolException($"There is no dead letter {id}: `./inventory dead-letters list --all` tells which there are.");
}
