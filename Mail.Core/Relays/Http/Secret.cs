namespace Mail.Core.Relays.Http;

/// <summary>A password or key that stands in no text by accident: not even in that of a record that holds it.</summary>
public readonly record struct Secret(string Value)
{
    public override string ToString() => "***";
}
