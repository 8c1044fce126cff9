using System.Diagnostics.CodeAnalysis;

namespace Inventory.Tools.Replay.Mapping;

/// <summary>Names of one kind and their numbers. No number ever stands for two names.</summary>
/// <param name="hash">Number of a name.</param>
internal sealed class NameMap(Func<string, long> hash)
{
    private readonly Dictionary<string, MappedName> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, MappedName> _byId = [];

    public IEnumerable<MappedName> Names => _byName.Values;

    /// <returns>False if the number of this name already stands for another.</returns>
    public bool TryMap(string name, [NotNullWhen(true)] out MappedName? mapped)
    {
        var normalised = IdentifierHash.Normalise(name);
        if (_byName.TryGetValue(normalised, out mapped))
        {
            return true;
        }

        mapped = new MappedName(name, hash(normalised));
        if (!_byId.TryAdd(mapped.Id, mapped))
        {
            mapped = null;
            return false;
        }

        _byName.Add(normalised, mapped);
        return true;
    }
}
