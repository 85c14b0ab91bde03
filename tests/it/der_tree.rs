//! Encodings as trees, to be cut, grafted and written again in DER or with indefinite lengths.

use std::ops::Range;

/// An element: its identifier octet and what is in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Node {
    pub(crate) tag: u8,
    pub(crate) body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Body {
    Octets(Vec<u8>),
    Nodes(Vec<Node>),
}

/// The way from the root to an element.
pub(crate) type Path = Vec<usize>;

impl Node {
    pub(crate) fn constructed(tag: u8, nodes: Vec<Self>) -> Self {
        Self { tag, body: Body::Nodes(nodes) }
    }

    pub(crate) fn primitive(tag: u8, octets: &[u8]) -> Self {
        Self { tag, body: Body::Octets(octets.to_vec()) }
    }

    pub(crate) fn parse(der: &[u8]) -> Self {
        let (node, length) = Self::read(der);
        assert_eq!(length, der.len(), "octets after the element");
        node
    }

    fn read(der: &[u8]) -> (Self, usize) {
        let (header, length) = header(der);
        let content = &der[header..header + length];
        let body =
            if der[0] & 0x20 == 0 { Body::Octets(content.to_vec()) } else { Body::Nodes(Self::read_all(content)) };
        (Self { tag: der[0], body }, header + length)
    }

    fn read_all(mut content: &[u8]) -> Vec<Self> {
        let mut nodes = Vec::new();
        while !content.is_empty() {
            let (node, length) = Self::read(content);
            nodes.push(node);
            content = &content[length..];
        }
        nodes
    }

    /// In DER, but for the order of sets, which stays.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let content = match &self.body {
            Body::Octets(octets) => octets.clone(),
            Body::Nodes(nodes) => nodes.iter().map(Self::encode).collect::<Vec<_>>().concat(),
        };
        crate::timestamp::forge::tlv(self.tag, &[&content])
    }

    /// In BER: what is constructed has an indefinite length, as far down as `depth`.
    pub(crate) fn encode_indefinite(&self, depth: usize) -> Vec<u8> {
        match &self.body {
            Body::Nodes(nodes) if depth > 0 => {
                let inside = nodes.iter().flat_map(|node| node.encode_indefinite(depth - 1));
                [self.tag, 0x80].into_iter().chain(inside).chain([0, 0]).collect()
            }
            Body::Octets(_) | Body::Nodes(_) => self.encode(),
        }
    }

    pub(crate) fn nodes(&self) -> &[Self] {
        match &self.body {
            Body::Nodes(nodes) => nodes,
            Body::Octets(_) => &[],
        }
    }

    pub(crate) fn nodes_mut(&mut self) -> &mut Vec<Self> {
        match &mut self.body {
            Body::Nodes(nodes) => nodes,
            Body::Octets(_) => panic!("no elements in a primitive one"),
        }
    }

    /// With what is directly inside in the order of its octets, as in a SET OF.
    pub(crate) fn sorted(&self) -> Self {
        let mut sorted = self.clone();
        sorted.nodes_mut().sort_by_key(Self::encode);
        sorted
    }

    /// The octets of a string in one piece or in several.
    pub(crate) fn joined(&self) -> Vec<u8> {
        match &self.body {
            Body::Octets(octets) => octets.clone(),
            Body::Nodes(nodes) => nodes.iter().flat_map(Self::joined).collect(),
        }
    }

    pub(crate) fn octets(&self) -> &[u8] {
        match &self.body {
            Body::Octets(octets) => octets,
            Body::Nodes(_) => panic!("no octets in a constructed element"),
        }
    }

    pub(crate) fn at(&self, path: &[usize]) -> &Self {
        path.iter().fold(self, |node, place| &node.nodes()[*place])
    }

    pub(crate) fn at_mut(&mut self, path: &[usize]) -> &mut Self {
        path.iter().fold(self, |node, place| &mut node.nodes_mut()[*place])
    }

    /// Every element but the root.
    pub(crate) fn paths(&self) -> Vec<Path> {
        let mut paths = Vec::new();
        for (place, node) in self.nodes().iter().enumerate() {
            paths.push(vec![place]);
            paths.extend(node.paths().into_iter().map(|path| [vec![place], path].concat()));
        }
        paths
    }

    /// Where an element stands in the encoding, its identifier and length included.
    pub(crate) fn range(&self, path: &[usize]) -> Range<usize> {
        let whole = self.encode();
        let Some((place, rest)) = path.split_first() else { return 0..whole.len() };
        let before: usize = self.nodes()[..*place].iter().map(|node| node.encode().len()).sum();
        let inside = self.nodes()[*place].range(rest);
        let start = header(&whole).0 + before;
        start + inside.start..start + inside.end
    }
}

/// The octets of identifier and length, and the length.
fn header(der: &[u8]) -> (usize, usize) {
    match der[1] {
        short @ 0..=0x7f => (2, short.into()),
        long => {
            let digits = &der[2..2 + usize::from(long & 0x7f)];
            (2 + digits.len(), digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)))
        }
    }
}

/// A signed contract taken apart.
#[derive(Clone)]
pub(crate) struct Message(pub(crate) Node);

/// The parts of a SignerInfo that is named by issuer and serial number and has signed attributes.
pub(crate) const SID: usize = 1;
pub(crate) const DIGEST_ALGORITHM: usize = 2;
pub(crate) const SIGNED: usize = 3;
pub(crate) const VALUE: usize = 5;
pub(crate) const UNSIGNED: usize = 6;

impl Message {
    pub(crate) fn parse(octets: &[u8]) -> Self {
        let message = Self(Node::parse(octets));
        assert_eq!(message.octets(), octets);
        message
    }

    pub(crate) fn octets(&self) -> Vec<u8> {
        self.0.encode()
    }

    pub(crate) fn signed_data(&mut self) -> &mut Vec<Node> {
        self.0.at_mut(&[1, 0]).nodes_mut()
    }

    pub(crate) fn certificates(&mut self) -> &mut Vec<Node> {
        self.0.at_mut(&[1, 0, 3]).nodes_mut()
    }

    pub(crate) fn signers(&mut self) -> &mut Vec<Node> {
        self.signed_data().last_mut().unwrap().nodes_mut()
    }

    pub(crate) fn signer(&mut self, at: usize) -> &mut Vec<Node> {
        self.signers()[at].nodes_mut()
    }
}
