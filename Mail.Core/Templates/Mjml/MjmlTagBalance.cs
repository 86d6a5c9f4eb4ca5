namespace Mail.Core.Templates.Mjml;

/// <summary>Whether each tag of a file is closed in it: the compiler takes a missing end tag in silence and leaves out what followed.</summary>
internal sealed class MjmlTagBalance(string file)
{
    private readonly Stack<MjmlTag> _open = new();

    /// <returns>The problem with a closing tag.</returns>
    public MjmlProblem? Take(MjmlTag tag)
    {
        if (tag.IsEmpty) return null;
        if (!tag.IsClosing)
        {
            _open.Push(tag);
            return null;
        }

        if (_open.TryPeek(out MjmlTag open) && open.Name.SequenceEqual(tag.Name))
        {
            _open.Pop();
            return null;
        }

        string detail = _open.Count == 0 ? $"</{tag.Name}> closes nothing." : $"</{tag.Name}> stands where </{open.Name}> of line {open.Line} must be.";
        if (_open.Any(outer => outer.Name.SequenceEqual(tag.Name)))
            while (!_open.Pop().Name.SequenceEqual(tag.Name))
            {
            }

        return new MjmlProblem(At(tag), detail, IsFatal: true);
    }

    public IEnumerable<MjmlProblem> Unclosed() => _open.Reverse().Select(tag => new MjmlProblem(At(tag), $"<{tag.Name}> is not closed.", IsFatal: true));

    private SourcePosition At(MjmlTag tag) => new(file, tag.Line, tag.Column);
}
