using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stands in for Aspire's type of this name: a value that configuration, an environment variable or a generator supplies.</summary>
public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name)
{
    private readonly Lock _gate = new();
    private string? _value;

    /// <summary>What supplies the value when configuration has none.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>Never printed or shown, except in the block that greets the developer.</summary>
    public bool Secret { get; } = secret;

    /// <summary>The value; found once and then kept.</summary>
    /// <exception cref="DistributedApplicationException">Configuration has none and there is no default.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return ValueTask.FromResult<string?>(_value ??= callback(Default));
    }
}

/// <summary>Stands in for Aspire's type of this name: supplies a parameter's value when configuration has none.</summary>
public abstract class ParameterDefault
{
    /// <summary>Describes the default in a publish manifest. Never called here: publishing needs real Aspire.</summary>
    public abstract void WriteToManifest(ManifestPublishingContext context);

    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();
}

/// <summary>Stands in for Aspire's type of this name: a random value of the wanted kinds of characters.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // No character that a shell, a URL or a connection string reads as its own.
    private const string SpecialCharacters = "-_.{}~()*+!";

    /// <summary>The number of characters.</summary>
    public int MinLength { get; set; } = 22;

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public int MinLower { get; set; }

    public int MinUpper { get; set; }

    public int MinNumeric { get; set; }

    public int MinSpecial { get; set; }

    /// <inheritdoc/>
    public override void WriteToManifest(ManifestPublishingContext context)
    {
        context.Writer.WriteStartObject("generate");
        context.Writer.WriteNumber("minLength", MinLength);
        context.Writer.WriteBoolean("special", Special);
        context.Writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override string GetDefaultValue()
    {
        (string Characters, bool Allowed, int Minimum)[] kinds =
        [
            ("abcdefghijkmnpqrstuvwxyz", Lower, MinLower),
            ("ABCDEFGHJKLMNPQRSTUVWXYZ", Upper, MinUpper),
            ("0123456789", Numeric, MinNumeric),
            (SpecialCharacters, Special, MinSpecial),
        ];
        string all = string.Concat(kinds.Where(kind => kind.Allowed).Select(kind => kind.Characters));
        if (all.Length == 0) throw new InvalidOperationException("A generated parameter needs at least one kind of characters.");

        List<char> value = [];
        foreach ((string characters, bool allowed, int minimum) in kinds)
            if (allowed) value.AddRange(RandomNumberGenerator.GetItems<char>(characters, minimum));
        if (value.Count < MinLength) value.AddRange(RandomNumberGenerator.GetItems<char>(all, MinLength - value.Count));
        char[] shuffled = [.. value];
        RandomNumberGenerator.Shuffle<char>(shuffled);
        return new string(shuffled);
    }
}
